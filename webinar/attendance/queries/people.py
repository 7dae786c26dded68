"""People of a session: visits, seats, times present, closing, and all of it in numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, outerjoin

from webinar.accounts.models import Person
from webinar.accounts.rules import normal_email
from webinar.attendance.models import Closing, MatchState, Presence, ReportPerson, Visit
from webinar.attendance.queries.reports import of_session
from webinar.attendance.queries.slices import Slice, nearest
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Session

PEOPLE_PAGE = 100
_SEATS = outerjoin(
    outerjoin(Seat, Presence, Presence.seat_id == Seat.id),
    Visit,
    Visit.seat_id == Seat.id,
)


@dataclass(frozen=True)
class Attendee:
    """A seat that came, was there, or was expected; `presence` and `visit` where there is one."""

    seat: Seat
    presence: Presence | None
    visit: Visit | None


@dataclass(frozen=True)
class Numbers:
    """How many confirmed seats there are, and how many people have time, only a click, or rows in review."""

    confirmed: int
    present: int
    clicked_only: int
    review: int


def visit_of(seat_id: int) -> Visit | None:
    """The visit of a seat."""
    return store.scalar(select(Visit).where(Visit.seat_id == seat_id))


def visits_of(session_id: int) -> Mapping[int, Visit]:
    """The visits of a session by seat id."""
    visits = store.scalars(select(Visit).join(Seat).where(Seat.session_id == session_id))
    return {visit.seat_id: visit for visit in visits}


def presence_of(seat_id: int) -> Presence | None:
    """The time present of a seat."""
    return store.scalar(select(Presence).where(Presence.seat_id == seat_id))


def presences_of(session_id: int) -> Sequence[Presence]:
    """The times present of a session with seats and people, in the order of registration."""
    return store.scalars(
        select(Presence)
        .where(Presence.session_id == session_id)
        .options(joinedload(Presence.seat).joinedload(Seat.person))
        .order_by(Presence.seat_id)
    ).all()


def closing_of(session_id: int) -> Closing | None:
    """The closing of a session; its `closed_at` is None after reopening."""
    return store.scalar(select(Closing).where(Closing.session_id == session_id))


def seat_of(session: Session, seat_id: int) -> Seat:
    """A seat of this session and no other. Raises Missing."""
    seat = store.get(Seat, seat_id)
    if seat is None or seat.session_id != session.id:
        raise Missing
    return seat


def seat_by_email(session: Session, email: str) -> Seat | None:
    """The seat of an address, in whatever state."""
    wanted = select(Seat).join(Seat.person).where(Seat.session_id == session.id)
    return store.scalar(wanted.where(Person.email == normal_email(email)))


def attendees(session_id: int, number: int = 1) -> Slice[Attendee]:
    """A page of who came or was expected, by name: confirmed seats, and others that were there."""
    was_there = or_(Seat.state == SeatState.CONFIRMED, Presence.id.is_not(None), Visit.id.is_not(None))
    came = (Seat.session_id == session_id, was_there)
    counted = select(func.count(Seat.id)).select_from(_SEATS).where(*came)
    total = store.scalar(counted) or 0
    number = nearest(number, total, PEOPLE_PAGE)
    rows = (
        select(Seat, Presence, Visit)
        .select_from(_SEATS)
        .where(*came)
        .options(joinedload(Seat.person))
        .order_by(func.lower(Seat.name), Seat.id)
        .limit(PEOPLE_PAGE)
        .offset((number - 1) * PEOPLE_PAGE)
    )
    items = [Attendee(seat, presence, visit) for seat, presence, visit in store.execute(rows)]
    return Slice(items, number, total, PEOPLE_PAGE)


def numbers(session_id: int) -> Numbers:
    """The attendance of a session in numbers."""
    time = Presence.seconds > 0
    only_clicked = and_(Visit.id.is_not(None), func.coalesce(Presence.seconds, 0) == 0)
    counted = (
        select(
            func.count(Seat.id).filter(Seat.state == SeatState.CONFIRMED),
            func.count(Seat.id).filter(time),
            func.count(Seat.id).filter(only_clicked),
        )
        .select_from(_SEATS)
        .where(Seat.session_id == session_id)
    )
    confirmed, present, clicked_only = store.execute(counted).one()
    review = (
        select(func.count(ReportPerson.id))
        .where(of_session(session_id))
        .where(ReportPerson.state == MatchState.REVIEW)
    )
    return Numbers(confirmed, present, clicked_only, store.scalar(review) or 0)
