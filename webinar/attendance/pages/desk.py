"""The attendance page of a session: its reports, the numbers, everybody's time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from webinar.attendance.models import Closing, Report, ReportPerson
from webinar.attendance.pages.queue import DecidedRow, QueueRow, decided_rows, queue_rows
from webinar.attendance.pages.words import provider_words, stay_words
from webinar.attendance.queries import evidence, people, reports
from webinar.attendance.queries.people import Attendee, Numbers
from webinar.attendance.queries.reports import Tally
from webinar.attendance.queries.slices import Slice
from webinar.attendance.rules.presence import Source
from webinar.attendance.service.reports import OUTSIDE
from webinar.registration.models import SeatState
from webinar.sessions.models import Session, State
from webinar.sessions.pages import Head, head

HALF_READ = frozenset(
    {"unreadable_time", "row_without_times", "left_without_join", "leave_before_join", "open_interval"}
)
"""Warnings that say that some time in the file does not count."""


@dataclass(frozen=True)
class ReportWords:
    """One report: `says` people came by the file, `holds` of them have an owner or were set aside."""

    report_id: int
    name: str
    provider: str
    zone_name: str
    uploaded_at: datetime
    tally: Tally
    is_outside: bool
    is_half_read: bool
    warnings: tuple[str, ...]

    @property
    def holds(self) -> int:
        """People whose row needs nobody any more."""
        return self.tally.matched + self.tally.ignored


@dataclass(frozen=True)
class PersonRow:
    """One person's line: `time` and what it rests on; `clicked_at` when they pressed their link."""

    seat_id: int
    name: str
    country: str
    time: str
    percent: int
    source: str
    clicked_at: datetime | None


@dataclass(frozen=True)
class AttendancePage:
    """Everything the page shows; `phase` is before, now, open, closed or none (cancelled, draft)."""

    head: Head
    phase: str
    closed_at: datetime | None
    version: int
    reports: tuple[ReportWords, ...]
    numbers: Numbers
    queue: Slice[ReportPerson]
    rows: tuple[QueueRow, ...]
    decided: tuple[DecidedRow, ...]
    people: Slice[Attendee]
    persons: tuple[PersonRow, ...]


def attendance_page(session: Session, now: datetime, *, queue: int = 1, page: int = 1) -> AttendancePage:
    """The page at `now`; the number of questions does not grow with the number of people."""
    closing = people.closing_of(session.id)
    waiting = reports.rows_in_review(session.id, queue)
    decided = list(reports.decisions(session.id))
    book = evidence.book_of(session)
    listed = people.attendees(session.id, page)
    return AttendancePage(
        head=head(session, "attendance", now),
        phase=phase(session, closing, now),
        closed_at=closing.closed_at if closing else None,
        version=closing.version if closing else 0,
        reports=_reports(session),
        numbers=people.numbers(session.id),
        queue=waiting,
        rows=queue_rows(session, waiting, book),
        decided=decided_rows(decided, book),
        people=listed,
        persons=tuple(_person(each, session) for each in listed.items),
    )


def phase(session: Session, closing: Closing | None, now: datetime) -> str:
    """Where attendance stands: none (not held), before, now, open (over, not closed), closed."""
    if closing is not None and closing.closed_at is not None:
        return "closed"
    if session.state != State.PUBLISHED:
        return "none"
    if now < session.starts_at:
        return "before"
    return "now" if now < session.ends_at else "open"


def _reports(session: Session) -> tuple[ReportWords, ...]:
    found = reports.reports_of(session.id)
    tallies = reports.tallies(session.id) if found else {}
    return tuple(_report(report, tallies.get(report.id, Tally())) for report in found)


def _report(report: Report, tally: Tally) -> ReportWords:
    codes = {warning["code"] for warning in report.warnings}
    return ReportWords(
        report_id=report.id,
        name=report.name,
        provider=provider_words(report.provider),
        zone_name=report.zone_name or "",
        uploaded_at=report.uploaded_at,
        tally=tally,
        is_outside=OUTSIDE in codes,
        is_half_read=bool(codes & HALF_READ),
        warnings=tuple(_(warning["message"]) for warning in report.warnings),
    )


def _person(found: Attendee, session: Session) -> PersonRow:
    seconds = found.presence.seconds if found.presence else 0
    whole = (session.ends_at - session.starts_at) // timedelta(seconds=1)
    return PersonRow(
        seat_id=found.seat.id,
        name=found.seat.name,
        country=found.seat.country or "",
        time=stay_words(seconds) if found.presence else "",
        percent=100 * seconds // whole,
        source=_source(found),
        clicked_at=found.visit.first_at if found.visit else None,
    )


def _source(found: Attendee) -> str:
    if found.presence is None:
        words = _("pressed the link; no report yet names them") if found.visit else _("not seen")
    elif found.presence.source == Source.STATED:
        words = _("minutes that the report states")
    else:
        words = _("times in the report")
    if found.seat.state == SeatState.CONFIRMED:
        return words
    return "; ".join((words, _("has no confirmed place")))
