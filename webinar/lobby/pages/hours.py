"""The live hours of a session as a visitor sees them, and the days of its discussion."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.hours import standing_elsewhere
from webinar.registration.queries.seats import held, ticket_path
from webinar.registration.rules import Door, door, has_room
from webinar.sessions.models import Session, State
from webinar.sessions.pages import hour_words
from webinar.sessions.queries import hours_of, other_hour
from webinar.sessions.rules.hours import LiveHour, following, night_minutes
from webinar.sessions.rules.window import discussion
from webinar.timekeeping.wording import Showing
from webinar.web.clock_words import clock_time, near_day
from webinar.web.moments import shown


@dataclass(frozen=True)
class Hour:
    """One of two live hours. `url` shows it on the session's page, "" where it is shown already."""

    words: str
    showing: Showing
    url: str
    is_over: bool


@dataclass(frozen=True)
class Kinder:
    """The other live hour, for whom the shown one is at night: a sentence and the way to take it."""

    sentence: str
    press: str
    url: str


@dataclass(frozen=True)
class Talking:
    """A journal club's discussion: its days for this visitor, and whether it is ahead, open or closed."""

    showing: Showing
    state: str


@dataclass(frozen=True)
class OtherHour:
    """The other live hour on a ticket: its time, what can be pressed ("swap", "wait" or ""), and the
    ticket that its holder has there, "" without one."""

    words: str
    showing: Showing
    press: str
    is_full: bool
    ticket_url: str
    ticket_state: str


def hour_to_show(session: Session, asked: str, mine: Seat | None, now: datetime) -> Session:
    """The live hour that a page is about: the one asked for, else the visitor's own, else the next."""
    hours = hours_of(session)
    for hour in hours:
        if asked and str(hour.hour) == asked:
            return hour
    if mine is not None and mine.state is not SeatState.CANCELLED:
        return next((hour for hour in hours if hour.id == mine.session_id), hours[0])
    return hours[following([_live(hour) for hour in hours], now)]


def hour_list(session: Session, now: datetime) -> tuple[Hour, ...]:
    """Both live hours of a session; nothing where there is one only."""
    found = hours_of(session) if session.hour else ()
    return tuple(_hour(hour, session, now) for hour in found if len(found) > 1)


def kinder(session: Session, now: datetime) -> Kinder | None:
    """The other live hour, if this one is at night for the visitor and the other is less so and still to come."""
    seen, other = _seen(session), other_hour(session) if session.hour else None
    if other is None or not seen.runs_into_night or other.ends_at <= now:
        return None
    if night_minutes(_live(other), seen.zone_name) >= night_minutes(_live(session), seen.zone_name):
        return None
    there = _seen(other)
    at = f"{near_day(there.start_local)}, {clock_time(there.start_local)}"
    return Kinder(
        _("%(hour)s: %(time)s for you.", hour=hour_words(other), time=at),
        _("Take the second live hour") if other.twin_of_id else _("Take the first live hour"),
        _page_url(other),
    )


def talking(session: Session, now: datetime) -> Talking | None:
    """The discussion around a session's live hours; None where there is none, or it is called off."""
    lead = session.lead
    opens_at, closes_at = lead.window_opens_at, lead.window_closes_at
    if opens_at is None or closes_at is None or lead.state is State.CANCELLED:
        return None
    seen = shown(opens_at, closes_at, lead.zone_name)
    return Talking(seen, discussion(now, opens_at, closes_at).value)


def other_on_ticket(seat: Seat, now: datetime) -> OtherHour | None:
    """What a ticket says of the other live hour; None where there is none, or neither can be had."""
    other = other_hour(seat.session)
    if other is None or door(other.state.value, now, other.ends_at) is not Door.OPEN:
        return None
    elsewhere = standing_elsewhere(seat.session, seat.person_id, now)
    full = not has_room(other.capacity, held(other.id))
    return OtherHour(
        words=hour_words(other) or _("The live hour that stays"),
        showing=shown(other.starts_at, other.ends_at, other.lead.zone_name),
        press=_press(seat, elsewhere, full=full),
        is_full=full,
        ticket_url=ticket_path(elsewhere) if elsewhere else "",
        ticket_state=elsewhere.state.value if elsewhere else "",
    )


def _press(seat: Seat, elsewhere: Seat | None, *, full: bool) -> str:
    gone = seat.session.state is State.CANCELLED
    if elsewhere is not None or (seat.state is SeatState.CANCELLED and not gone):
        return ""
    return "wait" if full else "swap"


def _hour(hour: Session, session: Session, now: datetime) -> Hour:
    url = "" if hour.id == session.id else _page_url(hour)
    return Hour(hour_words(hour), _seen(hour), url, hour.ends_at <= now)


def _page_url(hour: Session) -> str:
    return url_for("lobby.session", session=hour.lead.slug, hour=hour.hour)


def _seen(session: Session) -> Showing:
    # Both hours as by one clock: without a chosen zone, that of the first.
    return shown(session.starts_at, session.ends_at, session.lead.zone_name)


def _live(hour: Session) -> LiveHour:
    return LiveHour(hour.starts_at, hour.ends_at)
