"""The demo's mails in view: what the folder carrier kept, with text, HTML and calendar parts."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue

from webinar.config import settings
from webinar.refusal import Missing

bp = Blueprint("demo", __name__)
MOST = 200


@dataclass(frozen=True)
class KeptMail:
    """One mail as the list shows it."""

    name: str
    subject: str
    to: str
    date: str


@dataclass(frozen=True)
class OpenedMail:
    """One mail with its parts: `text`, whether it has HTML, and the calendar object with its method."""

    head: KeptMail
    sender: str
    text: str
    calendar: str
    method: str


@bp.before_request
def only_in_the_demo() -> None:
    """Elsewhere these pages do not exist."""
    if settings().mode == "production" or settings().mail_carrier != "folder":
        raise Missing


@bp.get("/demo/mails")
def mails() -> ResponseReturnValue:
    """All kept mails, newest first."""
    files = sorted(_folder().glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    kept = [_head(file.stem, _read(file)) for file in files[:MOST]]
    return render_template("demo/mails.html", mails=kept, total=len(files))


@bp.get("/demo/mails/<name>")
def mail(name: str) -> ResponseReturnValue:
    """One mail with its text, HTML and calendar parts."""
    message = _message(name)
    calendar = next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
    opened = OpenedMail(
        head=_head(name, message),
        sender=str(message["From"]),
        text=_words(message, "plain"),
        calendar=calendar.get_payload(decode=True).decode() if calendar else "",  # type: ignore[union-attr]
        method=str(calendar.get_param("method", "")) if calendar else "",
    )
    return render_template("demo/mail.html", mail=opened)


@bp.get("/demo/mails/<name>.html")
def mail_html(name: str) -> Response:
    """The HTML part alone, shown inside the mail's page; it may run nothing and load nothing."""
    response = make_response(_words(_message(name), "html"))
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    return response


@bp.get("/demo/mails/<name>.eml")
def mail_file(name: str) -> Response:
    """The message as sent, for a mail program."""
    response = make_response(_path(name).read_bytes())
    response.mimetype = "message/rfc822"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.eml"'
    return response


def _folder() -> Path:
    return settings().data / "mails"


def _path(name: str) -> Path:
    path = _folder() / f"{name}.eml"
    if not name.isalnum() or not path.is_file():
        raise Missing
    return path


def _message(name: str) -> EmailMessage:
    return _read(_path(name))


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _head(name: str, message: EmailMessage) -> KeptMail:
    return KeptMail(name, str(message["Subject"]), str(message["To"]), str(message["Date"]))


def _words(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
