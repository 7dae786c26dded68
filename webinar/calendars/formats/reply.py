"""The answers in a calendar that a mail program sent, read by icalendar; nothing else of it is trusted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import icalendar

from webinar.calendars.formats.address import normal
from webinar.calendars.formats.unreadable import Unreadable
from webinar.calendars.rules.reply import COMMENT_LENGTH, MOST_EVENTS_IN_A_MAIL, Reply
from webinar.plaintext import clean_text, one_line

# What icalendar raises on input that is broken in ways that it does not foresee.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError)
_LONGEST_UID = 1000
_ECHOES = ("DESCRIPTION", "URL", "LOCATION", "X-ALT-DESC", "ORGANIZER", "CONFERENCE")
_LARGEST_SEQUENCE = 2**31 - 1


def read_replies(calendar: bytes, method_of_part: str) -> tuple[Reply, ...]:
    """The answers in a calendar, one per VEVENT. Raises Unreadable.

    METHOD inside counts; the part's parameter only where it is missing (MS-STANOICAL V0342).
    """
    try:
        root = icalendar.Calendar.from_ical(_in_utf8(calendar))
        method = str(root.get("METHOD", "") or method_of_part).strip().upper()
        events = root.walk("VEVENT")[: MOST_EVENTS_IN_A_MAIL + 1]
        if not method or not events or len(events) > MOST_EVENTS_IN_A_MAIL:
            raise Unreadable("the calendar is no answer: it lacks METHOD or VEVENT, or has too many")
        return tuple(_reply(event, method) for event in events)
    except _BROKEN as error:
        raise Unreadable(f"the calendar is broken ({type(error).__name__})") from error


def _in_utf8(calendar: bytes) -> bytes:
    """Programs without UTF-8 are read as Latin-1, so that the rest of the answer still counts."""
    try:
        calendar.decode()
    except UnicodeDecodeError:
        return calendar.decode("latin-1").encode()
    return calendar


def _reply(event: icalendar.Component, method: str) -> Reply:
    attendees = _all(event, "ATTENDEE")
    attendee = attendees[0] if len(attendees) == 1 else None
    return Reply(
        method=one_line(method)[:40],
        uid=one_line(str(event.get("UID", "")))[:_LONGEST_UID],
        addresses=tuple(_addresses(attendee)) if attendee is not None else (),
        sent_by=normal(_param(attendee, "SENT-BY")),
        says=one_line(_param(attendee, "PARTSTAT").upper())[:40] or "NEEDS-ACTION",
        comment=_comment(event, attendee),
        delegated_to=normal(_param(attendee, "DELEGATED-TO")),
        sequence=_sequence(event),
        stamp_at=_instant(event, "DTSTAMP"),
        recurs_at=_instant(event, "RECURRENCE-ID"),
        starts_at=_instant(event, "DTSTART"),
        echoes=tuple(str(value)[:20_000] for name in _ECHOES for value in _all(event, name)),
    )


def _addresses(attendee: Any) -> Iterator[str]:
    """The attendee's value, and EMAIL where the value is a principal and no address (Apple)."""
    seen = dict.fromkeys([normal(str(attendee)), normal(_param(attendee, "EMAIL"))])
    yield from (address for address in seen if address)


def _param(value: Any, name: str) -> str:
    found = value.params.get(name, "") if value is not None else ""
    if isinstance(found, list | tuple):
        found = found[0] if found else ""
    return str(found).strip().strip('"')


def _all(event: icalendar.Component, name: str) -> list[Any]:
    found = event.get(name)
    if found is None:
        return []
    return list(found) if isinstance(found, list) else [found]


def _comment(event: icalendar.Component, attendee: Any) -> str:
    """The note in COMMENT, else where Google writes it."""
    said = "\n".join(clean_text(str(comment)).strip() for comment in _all(event, "COMMENT")).strip()
    return (said or clean_text(_param(attendee, "X-RESPONSE-COMMENT")).strip())[:COMMENT_LENGTH]


def _sequence(event: icalendar.Component) -> int | None:
    value = event.get("SEQUENCE")
    return min(max(int(value), 0), _LARGEST_SEQUENCE) if value is not None else None


def _instant(event: icalendar.Component, name: str) -> datetime | None:
    """The instant of a property; None for days, and for wall times whose zone nobody can tell."""
    value = event.get(name)
    found = getattr(value, "dt", None)
    if not isinstance(found, datetime) or found.tzinfo is None:
        return None
    return found.astimezone(UTC)
