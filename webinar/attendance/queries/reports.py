"""Reports, files that wait for an answer, and their rows; the one door for each is its session (S16)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from webinar.attendance.models import MatchState, Report, ReportPerson, Unread
from webinar.attendance.queries.slices import Slice, nearest
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.registration.models import Seat
from webinar.sessions.models import Session

ROWS_PAGE = 20


@dataclass(frozen=True)
class Tally:
    """How many identities of a report came, by what became of them; `no_shows` never came."""

    matched: int = 0
    review: int = 0
    ignored: int = 0
    no_shows: int = 0

    @property
    def came(self) -> int:
        """Everybody whom the report saw."""
        return self.matched + self.review + self.ignored


def reports_of(session_id: int) -> Sequence[Report]:
    """The reports of a session, oldest first."""
    return store.scalars(select(Report).where(Report.session_id == session_id).order_by(Report.id)).all()


def report_of(session: Session, report_id: int) -> Report:
    """A report of this session and no other. Raises Missing."""
    report = store.get(Report, report_id)
    if report is None or report.session_id != session.id:
        raise Missing
    return report


def same_report(session_id: int, sha256: str) -> Report | None:
    """The report of a session that was read from these very bytes."""
    return store.scalar(select(Report).where(Report.session_id == session_id, Report.sha256 == sha256))


def same_unread(session_id: int, sha256: str) -> Unread | None:
    """The waiting file of a session with these very bytes."""
    return store.scalar(select(Unread).where(Unread.session_id == session_id, Unread.sha256 == sha256))


def unread_of(session_id: int) -> Sequence[Unread]:
    """Files that wait for an answer, oldest first."""
    return store.scalars(select(Unread).where(Unread.session_id == session_id).order_by(Unread.id)).all()


def unread(session: Session, unread_id: int) -> Unread:
    """A waiting file of this session and no other. Raises Missing."""
    found = store.get(Unread, unread_id)
    if found is None or found.session_id != session.id:
        raise Missing
    return found


def last_mapping(society_id: int, columns: Sequence[str]) -> Mapping[str, str]:
    """How the society last mapped a file with these headings; empty if it never did."""
    reports = store.scalars(
        select(Report.answers)
        .join(Session, Session.id == Report.session_id)
        .where(Session.society_id == society_id, Report.layout == "mapped")
        .order_by(Report.id.desc())
        .limit(20)
    )
    mappings = (answers.get("columns", {}) for answers in reports)
    return next((found for found in mappings if found and set(found.values()) <= set(columns)), {})


def row_of(session: Session, row_id: int) -> ReportPerson:
    """A row of one of this session's reports. Raises Missing."""
    row = store.scalar(_rows(session.id).where(ReportPerson.id == row_id))
    if row is None:
        raise Missing
    return row


def rows_in_review(session_id: int, number: int = 1) -> Slice[ReportPerson]:
    """A page of the rows that wait for somebody's decision."""
    wanted = and_(ReportPerson.state == MatchState.REVIEW)
    counted = select(func.count(ReportPerson.id)).where(of_session(session_id)).where(wanted)
    total = store.scalar(counted) or 0
    number = nearest(number, total, ROWS_PAGE)
    rows = _rows(session_id).where(wanted).order_by(ReportPerson.id)
    items = store.scalars(rows.limit(ROWS_PAGE).offset((number - 1) * ROWS_PAGE)).all()
    return Slice(items, number, total, ROWS_PAGE)


def undecided(session_id: int) -> Sequence[ReportPerson]:
    """Rows without a seat about which nobody has decided yet."""
    wanted = and_(ReportPerson.state != MatchState.MATCHED, ReportPerson.decided_by_id.is_(None))
    return store.scalars(_rows(session_id).where(wanted).order_by(ReportPerson.id)).all()


def decisions(session_id: int, most: int = 50) -> Sequence[ReportPerson]:
    """Rows that somebody matched or set aside, and hosts and speakers set aside by rule; the latest first."""
    by_hand = ReportPerson.decided_by_id.is_not(None)
    set_aside = and_(ReportPerson.state == MatchState.IGNORED, ReportPerson.no_show.is_(False))
    wanted = and_(ReportPerson.state != MatchState.REVIEW, or_(by_hand, set_aside))
    rows = _rows(session_id).where(wanted)
    return store.scalars(
        rows.order_by(ReportPerson.decided_at.desc().nulls_last(), ReportPerson.id).limit(most)
    ).all()


def rows_of_seat(session_id: int, seat_id: int) -> Sequence[tuple[ReportPerson, Report]]:
    """All rows matched to a seat, each with its report, in the order they were read."""
    rows = (
        select(ReportPerson, Report)
        .join(Report, Report.id == ReportPerson.report_id)
        .where(Report.session_id == session_id, ReportPerson.seat_id == seat_id)
        .order_by(ReportPerson.id)
    )
    return [(row, report) for row, report in store.execute(rows)]


def tallies(session_id: int) -> Mapping[int, Tally]:
    """For each report of a session, by id, what became of its people."""
    rows = (
        select(ReportPerson.report_id, ReportPerson.state, ReportPerson.no_show, func.count())
        .where(of_session(session_id))
        .group_by(ReportPerson.report_id, ReportPerson.state, ReportPerson.no_show)
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for report_id, state, no_show, number in store.execute(rows):
        found[report_id]["no_shows" if no_show else state.value] += number
    return {report_id: Tally(**numbers) for report_id, numbers in found.items()}


def of_session(session_id: int) -> ColumnElement[bool]:
    """That a row belongs to a report of the session."""
    return ReportPerson.report_id.in_(select(Report.id).where(Report.session_id == session_id))


def _rows(session_id: int) -> Select[ReportPerson]:
    rows = select(ReportPerson).where(of_session(session_id))
    return rows.options(joinedload(ReportPerson.seat).joinedload(Seat.person))
