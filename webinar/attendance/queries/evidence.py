"""Evidence: whom a session knows, and what the reports tell of each seat."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from webinar.accounts.models import Person
from webinar.accounts.rules import normal_email
from webinar.attendance.models import MatchedBy, MatchState, ReportPerson, Visit
from webinar.attendance.queries.reports import of_session
from webinar.attendance.rules.matching import Book, Identity
from webinar.db.store import store
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Session
from webinar.sessions.queries import other_hour


def matched(session_id: int) -> Mapping[int, Sequence[tuple[list[list[str | None]], int | None]]]:
    """What the reports tell of each seat: intervals as stored, and seconds, by seat id."""
    rows = select(ReportPerson.seat_id, ReportPerson.intervals, ReportPerson.seconds).where(
        of_session(session_id)
    )
    found: dict[int, list[tuple[list[list[str | None]], int | None]]] = defaultdict(list)
    for seat_id, intervals, seconds in store.execute(rows.where(ReportPerson.state == MatchState.MATCHED)):
        found[seat_id].append((intervals, seconds))
    return found


def book_of(session: Session) -> Book:
    """Whom a session knows, for matching; two questions whatever its size."""
    seats = store.execute(
        select(Seat.id, Seat.join_hash, Seat.state, Person.email, Person.id)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.session_id == session.id)
    ).all()
    elsewhere = _holders(other_hour(session))
    bound = (
        select(ReportPerson.registrant_id, ReportPerson.seat_id)
        .where(of_session(session.id))
        .where(ReportPerson.state == MatchState.MATCHED, ReportPerson.registrant_id.is_not(None))
    )
    return Book(
        by_token={join_hash: seat_id for seat_id, join_hash, *_ in seats},
        by_registrant=_pairs(bound),
        by_email={normal_email(email): seat_id for seat_id, _, _, email, _ in seats},
        confirmed=frozenset(
            seat_id
            for seat_id, _, state, _, person_id in seats
            if state == SeatState.CONFIRMED or person_id in elsewhere
        ),
        speakers=frozenset(normal_email(speaker.email) for speaker in session.lead.speakers),
    )


def _holders(other: Session | None) -> frozenset[int]:
    """Who has a place in the other live hour: they are welcome in this one too."""
    if other is None:
        return frozenset()
    held = select(Seat.person_id).where(Seat.session_id == other.id, Seat.state == SeatState.CONFIRMED)
    return frozenset(store.scalars(held))


def aliases(session_id: int) -> Mapping[str, int]:
    """Addresses that somebody matched by hand to a seat: a hint for the next report, never proof."""
    rows = (
        select(ReportPerson.email, ReportPerson.seat_id)
        .where(of_session(session_id))
        .where(ReportPerson.matched_by == MatchedBy.PERSON, ReportPerson.email.is_not(None))
    )
    return _pairs(rows)


def identity_of(row: ReportPerson) -> Identity:
    """A row as matching sees it."""
    return Identity(
        name=row.name,
        email=row.email,
        registrant_id=row.registrant_id,
        role=row.role,
        no_show=row.no_show,
    )


def seats_to_match(session_id: int) -> Sequence[tuple[Seat, Visit | None]]:
    """Every seat of a session with its person, and the visit if there is one."""
    rows = (
        select(Seat, Visit)
        .outerjoin(Visit, Visit.seat_id == Seat.id)
        .where(Seat.session_id == session_id)
        .options(joinedload(Seat.person))
        .order_by(Seat.id)
    )
    return [(seat, visit) for seat, visit in store.execute(rows)]


def _pairs(chosen: Select[str | None, int | None]) -> dict[str, int]:
    return {text: seat_id for text, seat_id in store.execute(chosen) if text and seat_id}
