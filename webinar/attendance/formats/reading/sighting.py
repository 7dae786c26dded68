"""What a layout finds in a file, before zone and day order are known and before people are joined."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from webinar.attendance.format import ReportRow, Role
from webinar.attendance.formats.reading.headings import Headings
from webinar.attendance.formats.reading.stamp import Stamp
from webinar.attendance.formats.reading.table import Row


class Kind(Enum):
    """What a row says about a person."""

    STAY = auto()  # join and leave; without leave the stay is open
    JOINED = auto()  # one event; paired by depth
    LEFT = auto()
    LOBBY = auto()  # waiting room: never attendance
    ABSENT = auto()  # listed as not having come
    LISTED = auto()  # named, nothing more


@dataclass(frozen=True, slots=True)
class Sighting:
    """One row's or event's word about one person.

    `stated` is a total that stands in for times; `pair` says which joins and leaves belong together;
    `stranger` tells nameless people apart; `dates` are further dates of the row (evidence only).
    """

    row: ReportRow
    kind: Kind
    name: str | None = None
    email: str | None = None
    registrant_id: str | None = None
    role: Role | None = None
    join: Stamp | None = None
    leave: Stamp | None = None
    stated: timedelta | None = None
    pair: str = ""
    stranger: str = ""
    dates: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingSeen:
    """What the file says about the meeting; `lasted` gives the end where only a duration stands."""

    title: str | None = None
    start: Stamp | None = None
    end: Stamp | None = None
    lasted: timedelta | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd: a warning code and the text it is about."""

    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The headings are in another language than English."""


Found = Sighting | MeetingSeen | Remark | OtherLanguage


def evidence(row: Row, table: str, headings: Headings) -> ReportRow:
    """A table's row as raw evidence."""
    return ReportRow(row.page, row.number, table, headings.cells, row.cells)


def email_of(text: str) -> str | None:
    """An e-mail address in lower case, None where the text is none."""
    address = text.strip().lower()
    return address if "@" in address and not any(mark.isspace() for mark in address) else None


def name_of(text: str) -> str | None:
    """A person's name with single spaces, None for blank."""
    return " ".join(text.split()) or None


def minutes_of(text: str) -> timedelta | None:
    """Minutes as a number ("67", " 67 ", "1,234"), None where it is none."""
    digits = text.strip().replace("\xa0", "").replace(",", "")
    return (
        timedelta(minutes=int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 7 else None
    )
