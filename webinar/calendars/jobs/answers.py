"""Mails that answer an answer: asked again, another time refused, a seat offered once more."""

from flask_babel import gettext as _

from webinar.calendars.ics.invite import Method
from webinar.calendars.jobs.letter import as_reader, letter
from webinar.calendars.jobs.seats import current_seat
from webinar.outbox.port import Due, Opened, Useless
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.seats import held
from webinar.registration.rules import has_room


def open_asked_again(due: Due) -> Opened:
    """The answer was to an earlier time: the present one, and the question whether it suits."""
    return _open("asked_again", due, SeatState.CONFIRMED, Method.REQUEST)


def open_counter_declined(due: Due) -> Opened:
    """Another time was proposed; with many guests it stays as it is."""
    return _open("counter_declined", due, SeatState.CONFIRMED, Method.DECLINECOUNTER)


def open_seat_again(due: Due) -> Opened:
    """Who left and says yes in their calendar hears whether a seat is free, and how to have it."""
    seat = _present(due, SeatState.CANCELLED)
    if isinstance(seat, Useless):
        return seat
    is_free = has_room(seat.session.capacity, held(seat.session_id))
    with as_reader(seat, due.now):
        news = _("A place is free at this moment.") if is_free else _("There is a waiting list now.")
    return letter("seat_again", due, seat, news=news)


def _open(name: str, due: Due, state: SeatState, method: Method) -> Opened:
    seat = _present(due, state)
    return seat if isinstance(seat, Useless) else letter(name, due, seat, method=method)


def _present(due: Due, state: SeatState) -> Seat | Useless:
    seat = current_seat(due)
    if isinstance(seat, Useless):
        return seat
    return seat if seat.state is state else Useless("the seat has changed since")
