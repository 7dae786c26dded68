"""An inbound mail: its one author, its date, and the calendar that it carries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from webinar.calendars.formats.address import normal
from webinar.calendars.formats.unreadable import Unreadable

MOST_PARTS = 100
MOST_CALENDAR_BYTES = 256_000
_HINTS = re.compile(rb"text/calendar|application/ics|BEGIN:VCALENDAR|\.ics\b", re.IGNORECASE)
# What the email package raises on mail that is broken in ways that it does not foresee.
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


@dataclass(frozen=True)
class InboundMail:
    """A mail as far as an answer needs it.

    `author` is the normalised address of the only mailbox in the only From; "" where there are several.
    `sent_at` (aware UTC) is its Date. `recipients` are the addresses it was delivered to, as written.
    `method` is the parameter of the calendar part. `verdicts` are Authentication-Results, topmost first.
    """

    message_id: str
    author: str
    sent_at: datetime | None
    recipients: tuple[str, ...]
    calendar: bytes
    method: str
    verdicts: tuple[str, ...]


def may_hold_calendar(raw: bytes) -> bool:
    """Whether a mail could be an answer from a calendar; others in the mailbox are none of our business."""
    return bool(_HINTS.search(raw))


def read_mail(raw: bytes) -> InboundMail:
    """The mail in `raw`. Raises Unreadable where it holds no calendar or is broken."""
    try:
        return _read(message_from_bytes(raw, policy=policy.compat32))
    except _BROKEN as error:
        raise Unreadable(f"the mail is broken ({type(error).__name__})") from error


def _read(message: Message) -> InboundMail:
    part = _calendar_part(message)
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes) or not body.strip():
        raise Unreadable("the calendar part is empty")
    if len(body) > MOST_CALENDAR_BYTES:
        raise Unreadable("the calendar part is too large")
    method = part.get_param("method")
    return InboundMail(
        message_id=_words(message, "Message-ID").strip()[:500],
        author=_author(message),
        sent_at=_date(message),
        recipients=tuple(_recipients(message)),
        calendar=body,
        method=method.upper() if isinstance(method, str) else "",
        verdicts=tuple(map(str, message.get_all("Authentication-Results", [])))[:20],
    )


def _calendar_part(message: Message) -> Message:
    """The first text/calendar, else the first application/ics, else the first file named *.ics.

    One part only: Thunderbird sends the same answer twice in one mail.
    """
    parts = []
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            raise Unreadable("the mail has too many parts")
        if not part.is_multipart():
            parts.append(part)
    for wanted in ("text/calendar", "application/ics"):
        for part in parts:
            if part.get_content_type() == wanted:
                return part
    for part in parts:
        if str(part.get_filename() or "").lower().endswith(".ics"):
            return part
    raise Unreadable("the mail holds no calendar")


def _author(message: Message) -> str:
    """The one author; with two From lines or two mailboxes nobody knows whom a signature is for."""
    lines = message.get_all("From", [])
    mailboxes = [address for _name, address in getaddresses([_decoded(line) for line in lines]) if address]
    return normal(mailboxes[0]) if len(lines) == 1 and len(mailboxes) == 1 else ""


def _recipients(message: Message) -> Iterator[str]:
    for name in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"):
        lines = [str(line) for line in message.get_all(name, [])][:20]
        yield from [address for _name, address in getaddresses(lines) if address][:50]


def _date(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(_words(message, "Date"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _words(message: Message, name: str) -> str:
    return str(message.get(name, ""))


def _decoded(line: object) -> str:
    """A header line with undecoded bytes made plain; encoded words stay, so that they form no address."""
    if isinstance(line, str):
        return line
    return "".join(
        part.decode("utf-8", "replace") if isinstance(part, bytes) else part
        for part, _charset in decode_header(str(line))
    )
