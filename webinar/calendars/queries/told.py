"""Who is told of what happens to a session."""

from sqlalchemy import ColumnElement, and_, func, select

from webinar.accounts.models import Person
from webinar.db.store import store
from webinar.registration.models import Seat, SeatState
from webinar.timekeeping import zones

EVERYBODY = (SeatState.CONFIRMED, SeatState.OFFERED, SeatState.WAITING)


def told_of(session_id: int) -> ColumnElement[bool]:
    """The seats that are told of what happens to a session."""
    return and_(Seat.session_id == session_id, Seat.state.in_(EVERYBODY))


def told_of_clocks(session_id: int, changed: frozenset[str]) -> ColumnElement[bool]:
    """Of those the ones whose holder reads times in one of some zones (current names), not in the host's."""
    names = zones.names_of(changed)
    own = select(Person.zone_name).where(Person.id == Seat.person_id).scalar_subquery()
    read_in = func.coalesce(func.nullif(Seat.zone_name, ""), own)
    return and_(told_of(session_id), read_in.in_(sorted(names)))


def count_seats(wanted: ColumnElement[bool]) -> int:
    """How many seats answer a description."""
    return store.scalar(select(func.count()).select_from(Seat).where(wanted)) or 0
