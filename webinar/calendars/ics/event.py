"""CalendarEvent: one talk or series as calendars see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """STATUS of RFC 5545 3.8.1.11."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class PartStat(StrEnum):
    """PARTSTAT of RFC 5545 3.2.12, as far as a person can answer an invitation."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"
    DELEGATED = "DELEGATED"


@dataclass(frozen=True)
class Organizer:
    """The mailbox that reads answers, and the name shown with it.

    `sent_by` is the address that mails for it, where that is another one (RFC 6047 2.3).
    """

    address: str
    name: str = ""
    sent_by: str = ""


@dataclass(frozen=True)
class Attendee:
    """The one addressee of an invitation, with the answer that we hold."""

    address: str
    name: str = ""
    partstat: PartStat = PartStat.NEEDS_ACTION


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """One VEVENT, or a series with its overrides. Every `_at` is an aware instant.

    `stamp_at` is when a message was made, in feeds when the event was last revised.
    `zone_name` is an IANA name: times are then written as wall times of that zone; None: in UTC.
    A series (`rrule`, a RECUR value of the portable subset) needs a zone; `exdates` are the
    original starts of dropped sessions. An override is an event whose `recurs_at` is the
    original start of the session it replaces; its UID and SEQUENCE are its master's.
    `alarm_minutes` before the start a reminder is shown; None: no reminder.
    """

    uid: str
    sequence: int
    stamp_at: datetime
    created_at: datetime
    modified_at: datetime
    start_at: datetime
    end_at: datetime
    summary: str
    zone_name: str | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    join_url: str = ""
    status: Status = Status.CONFIRMED
    transparent: bool = False
    organizer: Organizer | None = None
    attendee: Attendee | None = None
    alarm_minutes: int | None = None
    categories: tuple[str, ...] = ()
    rrule: str | None = None
    exdates: tuple[datetime, ...] = ()
    overrides: tuple["CalendarEvent", ...] = ()
    recurs_at: datetime | None = None
    related_to: str | None = None

    @property
    def place(self) -> str:
        """LOCATION: the place, then the bare join link, because most clients show no CONFERENCE."""
        return " – ".join(part for part in (self.location, self.join_url) if part)

    @property
    def notes(self) -> str:
        """DESCRIPTION: the text, with the join link alone on a line so that clients make it clickable."""
        if not self.join_url or self.join_url in self.description.splitlines():
            return self.description
        return "\n\n".join(part for part in (self.description, self.join_url) if part)
