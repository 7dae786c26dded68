"""Mail: what one letter says, and the bytes it becomes; no typed text can add a header (S5)."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from email_validator import validate_email

from webinar.outbox.port import Undeliverable
from webinar.plaintext import clean_text, one_line

_FIXED = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Reply-To",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)


@dataclass(frozen=True)
class Party:
    """A mailbox with the name shown beside it."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class CalendarPart:
    """An iCalendar object for the mail: `method` equals the METHOD inside `body`."""

    method: str
    body: bytes


@dataclass(frozen=True)
class Mail:
    """One mail to one person. `key` (the letter's) fixes the Message-ID for every try."""

    key: str
    sender: Party
    to: Party
    subject: str
    text: str
    html: str
    sent_at: datetime
    calendar: CalendarPart | None = None
    reply_to: Party | None = None
    unsubscribe_url: str | None = None


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the letter with this key: the same on every try, so receivers can merge."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def header_text(text: str) -> str:
    """One line that cannot end a header nor open an encoded word (CVE-2024-6923)."""
    return one_line(text).replace("=?", "=\u200b?")


def to_bytes(mail: Mail) -> bytes:
    """The message as sent. Raises Undeliverable if an address or a header cannot be right."""
    message = EmailMessage(policy=policy.SMTP)
    try:
        _head(message, mail)
    except (ValueError, IndexError) as error:
        raise Undeliverable(f"the address cannot be written in a mail: {type(error).__name__}") from error
    _body(message, mail)
    written = _without_empty_first_lines(message.as_bytes())
    _check_headers(written)
    return written


def _mailbox(party: Party) -> Address:
    """Raises ValueError unless the address is exactly one strictly parsed mailbox."""
    checked = validate_email(party.address, check_deliverability=False, test_environment=True)
    return Address(header_text(party.name), checked.local_part, checked.ascii_domain or checked.domain)


def _head(message: EmailMessage, mail: Mail) -> None:
    message["From"] = _mailbox(mail.sender)
    message["To"] = _mailbox(mail.to)
    message["Subject"] = header_text(mail.subject)
    message["Date"] = format_datetime(mail.sent_at)
    message["Message-ID"] = message_id(mail.key, mail.sender.address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    if mail.reply_to:
        message["Reply-To"] = _mailbox(mail.reply_to)
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{header_text(mail.unsubscribe_url)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _body(message: EmailMessage, mail: Mail) -> None:
    """text, HTML and calendar as alternatives; the calendar again as a file for other clients."""
    message.set_content(clean_text(mail.text))
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar is None:
        return
    part = mail.calendar
    message.add_alternative(part.body, maintype="text", subtype="calendar", cte="base64")
    calendar = list(message.iter_parts())[-1]
    calendar.replace_header("Content-Type", f'text/calendar; charset="utf-8"; method={part.method}')
    del calendar["Content-Disposition"]
    message.add_attachment(part.body, maintype="application", subtype="ics", filename="invite.ics")


def _without_empty_first_lines(written: bytes) -> bytes:
    """Headers begin on the line of their name: Python's folding may leave it empty, and readers differ."""
    head, end, body = written.partition(b"\r\n\r\n")
    return re.sub(rb"(?m)^([A-Za-z-]+):\r\n[ \t]+", rb"\1: ", head) + end + body


def _check_headers(written: bytes) -> None:
    """Read the finished bytes again: only our header names may stand there."""
    names = message_from_bytes(written).keys()
    strange = [name for name in names if name not in _FIXED]
    if strange or len(set(names)) != len(names):
        raise Undeliverable(
            f"the mail would carry headers that are not ours: {', '.join(strange) or 'doubled'}"
        )
