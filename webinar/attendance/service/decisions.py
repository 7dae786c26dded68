"""Decisions: binding rows of reports to seats, by evidence or by an organiser's word."""

from webinar.accounts.models import Person
from webinar.attendance.models import MatchedBy, MatchState, ReportPerson
from webinar.attendance.queries import evidence, reports
from webinar.attendance.rules.matching import Verdict, verdict
from webinar.attendance.service.closing import record, settle
from webinar.db.store import store
from webinar.registration.models import Seat
from webinar.registration.rules import Application
from webinar.registration.service import seats as registration
from webinar.sessions.models import Session
from webinar.sessions.service.change import opened
from webinar.timekeeping import clock


def rematch(session: Session) -> None:
    """Apply the evidence to all rows about which nobody has decided; harmless twice."""
    store.flush()
    rows = reports.undecided(session.id)
    book = evidence.book_of(session)
    for row in rows:
        _apply(row, verdict(evidence.identity_of(row), book))
    # A match may have bound a provider's id that another row carries.
    if any(row.seat_id and row.registrant_id for row in rows):
        store.flush()
        book = evidence.book_of(session)
        for row in rows:
            if row.seat_id is None:
                _apply(row, verdict(evidence.identity_of(row), book))
    store.flush()


def match(session: Session, row: ReportPerson, seat: Seat, actor: Person) -> None:
    """Bind a row to a seat of the same session by an organiser's word."""
    opened(session)
    _decide(row, actor, MatchState.MATCHED, seat, MatchedBy.PERSON)
    record(session, actor, "attendance.matched", row_id=row.id, seat_id=seat.id)
    _follow(session, actor)


def new_person(session: Session, row: ReportPerson, application: Application, actor: Person) -> Seat:
    """Seat somebody who came without a seat, and bind the row to it. Raises Invalid with the field."""
    opened(session)
    seat = registration.walk_in(session, application, actor)
    _decide(row, actor, MatchState.MATCHED, seat, MatchedBy.PERSON)
    record(session, actor, "attendance.walked_in", row_id=row.id, seat_id=seat.id)
    _follow(session, actor)
    return seat


def ignore(session: Session, row: ReportPerson, actor: Person) -> None:
    """Set a row aside: it counts for nobody."""
    opened(session)
    _decide(row, actor, MatchState.IGNORED)
    record(session, actor, "attendance.ignored", row_id=row.id)
    _follow(session, actor)


def undo(session: Session, row: ReportPerson, actor: Person) -> None:
    """Put a row back into the queue, whoever or whatever decided about it; no rule moves it from there."""
    opened(session)
    was = row.seat_id
    _decide(row, actor, MatchState.REVIEW)
    record(session, actor, "attendance.undone", row_id=row.id, seat_id=was)
    _follow(session, actor)


def _follow(session: Session, actor: Person) -> None:
    rematch(session)
    settle(session, actor)


def _decide(
    row: ReportPerson,
    actor: Person,
    state: MatchState,
    seat: Seat | None = None,
    matched_by: MatchedBy | None = None,
) -> None:
    row.state, row.seat, row.matched_by = state, seat, matched_by
    row.decided_by_id, row.decided_at = actor.id, clock.now()
    store.flush()


def _apply(row: ReportPerson, found: Verdict) -> None:
    row.state = MatchState(found.fate.value)
    row.seat_id = found.seat_id
    row.matched_by = MatchedBy(found.evidence.value) if found.evidence else None
