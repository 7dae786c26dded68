"""Mails about one seat: registered, waiting, offered, given back."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from webinar.calendars.ics.invite import Method
from webinar.calendars.jobs.letter import as_reader, letter
from webinar.calendars.pages.session import zone_of
from webinar.calendars.rules.showing import is_over
from webinar.calendars.service import feed_keys
from webinar.outbox import service as outbox
from webinar.outbox.port import Due, Opened, Useless
from webinar.registration.facts import (
    RegistrationRepeated,
    SeatConfirmed,
    SeatGivenBack,
    SeatOffered,
    SeatWaiting,
)
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as queries
from webinar.registration.queries.series import holder_of
from webinar.sessions.models import State
from webinar.timekeeping.wall import local_of
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time, weekday

_MAIL_OF = {
    SeatState.CONFIRMED: "registered",
    SeatState.WAITING: "waiting",
    SeatState.OFFERED: "seat_offered",
}


def mail_registered(fact: SeatConfirmed) -> None:
    """Answer a sure seat with the invitation; the person's own calendar address begins here."""
    _give_feed(fact.seat_id)
    if not fact.with_series or _stands_alone(fact.seat_id):
        _post("registered", fact.seat_id, fact.version)


def mail_waiting(fact: SeatWaiting) -> None:
    """Answer who waits with their place in the queue."""
    _give_feed(fact.seat_id)
    if not fact.with_series:
        _post("waiting", fact.seat_id, fact.version)


def mail_seat_offered(fact: SeatOffered) -> None:
    """Tell who waited that a seat is free for a while."""
    _post("seat_offered", fact.seat_id, fact.version)


def mail_given_back(fact: SeatGivenBack) -> None:
    """Confirm a seat given back, and take the session out of the calendar it stood in.

    Who left a whole series hears of it once, but for dates that stand in the calendar by themselves.
    """
    if fact.with_series and not (fact.was == SeatState.CONFIRMED and _stands_alone(fact.seat_id)):
        return
    key = f"mail:given_back:{fact.seat_id}:{fact.version}"
    payload: dict[str, Any] = {"seat_id": fact.seat_id, "version": fact.version, "was": fact.was}
    if fact.changes_hour:
        payload["changes_hour"] = True
    outbox.post("mail.given_back", key, payload)


def mail_again(fact: RegistrationRepeated) -> None:
    """Send the mail of a seat's present state once more."""
    seat = queries.seat(fact.seat_id)
    if seat is not None and seat.state in _MAIL_OF:
        again = f":again:{fact.day}:{fact.time}"
        _post(_MAIL_OF[seat.state], seat.id, seat.version, again)


def _stands_alone(seat_id: int) -> bool:
    """Whether the holder's calendar has this date outside the one event of the series."""
    seat = queries.seat(seat_id)
    holder = holder_of(seat) if seat else None
    return seat is not None and holder is not None and seat.session.lead.id in holder.alone


def _give_feed(seat_id: int) -> None:
    seat = queries.seat(seat_id)
    if seat is not None:
        feed_keys.give_feed(seat.person_id)


def _post(name: str, seat_id: int, version: int, again: str = "") -> None:
    key = f"mail:{name}:{seat_id}:{version}{again}"
    outbox.post(f"mail.{name}", key, {"seat_id": seat_id, "version": version})


def open_registered(due: Due) -> Opened:
    """The confirmation with the invitation and the join link."""
    seat = current_seat(due)
    if isinstance(seat, Useless):
        return seat
    return letter("registered", due, seat, method=Method.REQUEST, tells_time=True)


def open_waiting(due: Due) -> Opened:
    """The place in the queue."""
    seat = current_seat(due)
    if isinstance(seat, Useless):
        return seat
    position = queries.position(seat)
    if position is None:
        return Useless("the seat is not in the queue")
    return letter("waiting", due, seat, position=position)


def open_seat_offered(due: Due) -> Opened:
    """A seat is free, until when."""
    seat = current_seat(due)
    if isinstance(seat, Useless):
        return seat
    if seat.offer_ends_at is None or seat.offer_ends_at <= due.now:
        return Useless("the offer has passed")
    with as_reader(seat, due.now):
        until = _until(seat, seat.offer_ends_at, due.now)
    return letter("seat_offered", due, seat, until=until, ends_at=seat.offer_ends_at)


def open_given_back(due: Due) -> Opened:
    """You left; a confirmed seat's invitation is withdrawn with it."""
    seat = current_seat(due)
    if isinstance(seat, Useless):
        return seat
    was = SeatState(due.payload.get("was", SeatState.CONFIRMED))
    method = Method.CANCEL if was is SeatState.CONFIRMED else None
    with as_reader(seat, due.now):
        news = _farewell(was, changes_hour=bool(due.payload.get("changes_hour")))
    return letter("given_back", due, seat, method=method, news=news)


def current_seat(due: Due) -> Seat | Useless:
    """The seat as the letter knew it, if that is still worth a mail."""
    seat = queries.seat(due.payload["seat_id"])
    if seat is None or seat.version != due.payload["version"]:
        return Useless("the seat has changed since")
    if seat.session.state is not State.PUBLISHED:
        return Useless("the session was cancelled")
    if is_over(due.now, seat.session.ends_at):
        return Useless("the session is over")
    return seat


def _farewell(was: SeatState, *, changes_hour: bool) -> str:
    if changes_hour:
        return _(
            "You changed to the other live hour of this session. This one is taken out of your calendar."
        )
    if was is SeatState.CONFIRMED:
        return _("You gave your place back, and the next in the queue can have it. Thank you for telling us.")
    if was is SeatState.OFFERED:
        return _("You declined the seat, and it goes to the next in the queue.")
    return _("You left the waiting list.")


def _until(seat: Seat, ends_at: datetime, now: datetime) -> str:
    """The end of an offer for the subject: "18:00 Kathmandu", on another day "Thu 18:00 Kathmandu"."""
    zone_name = zone_of(seat)
    local = local_of(ends_at, zone_name)
    day = "" if local.date() == local_of(now, zone_name).date() else f"{weekday(local)} "
    return f"{day}{clock_time(local)} {city_name(zone_name)}"
