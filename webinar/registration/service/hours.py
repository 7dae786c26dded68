"""Changing between the two live hours of one session, and waiting for a seat in the other."""

from datetime import datetime

from webinar.db.store import store
from webinar.registration import rules
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as queries
from webinar.registration.service import ledger
from webinar.sessions.models import Session, State
from webinar.sessions.queries import other_hour
from webinar.timekeeping import clock


def swap(seat: Seat) -> Seat:
    """Take a seat in the other live hour and give this one back, both or neither; the seat taken.

    A seat in an hour that was held or called off stays as it is. Twice is harmless. Raises NoSeatFree where
    the other hour is full, RegistrationClosed.
    """
    other, now = _across(seat)
    found = _seat_there(seat, other, now)
    if found.state is SeatState.CONFIRMED:
        ledger.leave_other_hour(found, other, now)
        return found
    ledger.settle(other, now)
    if found.state is not SeatState.OFFERED and not rules.has_room(other.capacity, queries.held(other.id)):
        raise rules.NoSeatFree(
            "The other live hour is full. You keep what you have, and can wait for a seat there."
        )
    ledger.change(found, SeatState.CONFIRMED, now)
    ledger.tell(found)
    ledger.record("seat.changed_hour", found, other, actor_id=found.person_id)
    ledger.leave_other_hour(found, other, now)
    return found


def wait_for_other(seat: Seat) -> Seat:
    """Queue for a full other live hour and keep this seat until one is taken there; the seat that waits.

    Where a seat is free by now, it is taken as by `swap`. Twice is harmless. Raises RegistrationClosed.
    """
    other, now = _across(seat)
    found = _seat_there(seat, other, now)
    if found.state is SeatState.CANCELLED or queries.has_lapsed(found):
        ledger.settle(other, now)
        ledger.enter(found, other, now)
        ledger.leave_other_hour(found, other, now)
    return found


def _across(seat: Seat) -> tuple[Session, datetime]:
    """The other live hour, locked together with this one. Raises RegistrationClosed."""
    session, now = ledger.locked(seat.session_id), clock.now()
    store.refresh(seat)
    other = other_hour(session)
    if other is None:
        raise rules.RegistrationClosed("This session has no other live hour to change to.")
    rules.refuse_closed(other.state, now, other.ends_at)
    if seat.state is SeatState.CANCELLED and session.state is State.PUBLISHED:
        raise rules.NoSeatFree("You left this session. To come after all, please register again.")
    return other, now


def _seat_there(seat: Seat, other: Session, now: datetime) -> Seat:
    """This person's seat in the other hour, with what they said when they registered here."""
    found = queries.seat_of(other.id, seat.person_id)
    if found is None:
        found = ledger.blank(other, seat.person, now)
        found.state = SeatState.CANCELLED
    if found.state is SeatState.CANCELLED:
        found.name, found.country, found.answers = seat.name, seat.country, dict(seat.answers)
        found.zone_name, found.locale, found.alarm = seat.zone_name, seat.locale, seat.alarm
    return found
