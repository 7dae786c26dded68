"""What an attendance report says once it is read, and what a layout must be able to do to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from webinar.refusal import Invalid

DayOrder = Literal["dmy", "mdy"]
MAPPED_FIELDS = ("name", "email", "registrant_id", "join", "leave", "minutes")
"""What a column of an unknown layout can be mapped to."""


class Role(StrEnum):
    """What the report calls a person."""

    HOST = "host"
    PRESENTER = "presenter"
    ATTENDEE = "attendee"


@dataclass(frozen=True, slots=True)
class Span:
    """Time inside the meeting, aware UTC; `to_at` is None while the end is unknown."""

    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One raw row as evidence: page (file) and row number from 1, its table, headings and values."""

    page: int
    number: int
    table: str
    headings: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportPerson:
    """One identity of the report.

    `email` is lower case; `registrant_id` the provider's registrant or external user id. `spans`
    are sorted and disjoint, and empty where the file states only totals. `attended` is their exact
    length, None with an open end. `rows` are places in `Report.rows`. A person with neither
    `email` nor `registrant_id` is only a name, and earns nothing without review.
    """

    name: str | None
    email: str | None
    registrant_id: str | None
    role: Role | None
    spans: tuple[Span, ...]
    attended: timedelta | None
    no_show: bool
    rows: tuple[int, ...]

    @property
    def seconds(self) -> int | None:
        """`attended` in whole seconds."""
        return None if self.attended is None else round(self.attended.total_seconds())


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the file itself says about the meeting; instants are aware UTC, None where it says nothing."""

    title: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """Something a person should know about the reading: a stable code and a plain sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: `provider` (zoom, teams, bigbluebutton, other), the `layout` family, the content."""

    provider: str
    layout: str
    meeting: Meeting
    people: tuple[ReportPerson, ...]
    warnings: tuple[Warning, ...]
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the file cannot say by itself.

    `zone` is an IANA name; `columns` maps fields of MAPPED_FIELDS to headings. `session_day`, the
    local date of the session, answers the day order when only one reading fits within a day of it.
    """

    zone: str | None = None
    day_order: DayOrder | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    session_day: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something to answer first: `code` (zone, day_order, columns), the command's option, a sentence."""

    code: str
    option: str
    message: str


ZONE = Question(
    "zone",
    "--zone",
    "In which time zone are the times of this file? Name one such as Europe/Berlin.",
)
DAY_ORDER = Question("day_order", "--day-order", "Does the day or the month come first in these dates?")
COLUMNS = Question("columns", "--map", "Which columns hold the name, the e-mail address and the times?")


class NeedsAnswer(Invalid):
    """The file can be read once the `questions` are answered; all of them at once."""

    code = "needs_answer"

    def __init__(self, questions: Sequence[Question], sentence: str | None = None) -> None:
        super().__init__(sentence or " ".join(question.message for question in questions))
        self.questions = tuple(questions)


class UnknownLayout(NeedsAnswer):
    """No known layout: `columns` are the headings found in row `header_row` (from 1), to be mapped."""

    code = "unknown_layout"

    def __init__(self, columns: Sequence[str], header_row: int | None, sentence: str) -> None:
        super().__init__((COLUMNS,), sentence)
        self.columns = tuple(columns)
        self.header_row = header_row


class Unreadable(Invalid):
    """Nothing to read: empty, not text, a workbook, no rows, too many rows."""

    code = "unreadable"
