"""Seats over the two live hours of one session."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from webinar.db.store import store
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.seats import seat_of
from webinar.sessions.models import Session, State
from webinar.sessions.queries import hours_of, other_hour

_BEST_FIRST = (SeatState.CONFIRMED, SeatState.OFFERED, SeatState.WAITING, SeatState.CANCELLED)


def standing_elsewhere(session: Session, person_id: int, now: datetime) -> Seat | None:
    """What somebody holds or waits for in the other live hour, while that is still to end; read afresh.

    A place counts before a wait: only one of both can stand beside a seat here.
    """
    other = other_hour(session)
    if other is None or other.state is not State.PUBLISHED or other.ends_at <= now:
        return None
    found = seat_of(other.id, person_id)
    return found if found is not None and found.state is not SeatState.CANCELLED else None


def seat_over_hours(session: Session, person_id: int | None, seat_ids: Sequence[int]) -> Seat | None:
    """The seat that matters to a visitor over all live hours: theirs if known, else one of `seat_ids`.

    A sure place comes first, then an offer, then a wait, then what was given back.
    """
    mine = Seat.person_id == person_id if person_id is not None else Seat.id.in_(seat_ids)
    hours = [hour.id for hour in hours_of(session)]
    found = store.scalars(select(Seat).where(Seat.session_id.in_(hours), mine).order_by(Seat.id)).all()
    return min(found, key=lambda each: _BEST_FIRST.index(each.state), default=None)


def is_welcome(seat: Seat) -> bool:
    """Whether a seat's join link leads in: a sure place, or one given up for the other live hour."""
    if seat.state is not SeatState.CANCELLED:
        return seat.state is SeatState.CONFIRMED
    other = other_hour(seat.session)
    there = seat_of(other.id, seat.person_id) if other else None
    return there is not None and there.state is SeatState.CONFIRMED
