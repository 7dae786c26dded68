"""Timing: moving a session, and deriving its instants again when zone data has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webinar.accounts.models import Person
from webinar.outbox import service as outbox
from webinar.refusal import Invalid
from webinar.sessions import queries
from webinar.sessions.facts import SessionChanged, SessionMoved
from webinar.sessions.models import Session, State
from webinar.sessions.rules.hours import order_fault
from webinar.sessions.rules.start import Start, When, derived, pinned
from webinar.sessions.rules.window import Opening, Window
from webinar.sessions.rules.window import opened as opened_window
from webinar.sessions.service.change import heard, in_play, opened, opened_hours, saved, some_in_play
from webinar.sessions.service.clocks import tell_speakers_of_law
from webinar.sessions.service.draft import start_values
from webinar.sessions.service.hours import check_window, live_hour, opening_of
from webinar.sessions.service.speakers import ask_again
from webinar.timekeeping import clock


def move(session: Session, actor: Person, when: When, *, seen_at: datetime | None = None) -> None:
    """Give a session another start, zone or length.

    A published one that starts at another instant raises its revision and is told as SessionMoved; a
    change of length or zone alone as SessionChanged. Speakers are told and asked again. Raises
    DoubtfulStart, Invalid, SavedMeanwhile, OutOfPlay.
    """
    start = pinned(when)
    hours = opened_hours(session)
    opened(session, seen_at)
    in_play(session)
    if session.state == State.PUBLISHED and start.starts_at != session.starts_at <= clock.now():
        raise Invalid("This session has begun, so its start cannot move any more.", "starts_local")
    if session.state == State.PUBLISHED and start.ends_at <= clock.now():
        raise Invalid("That time lies in the past. Please choose one to come.", "starts_local")
    if start.starts_at != session.starts_at and start.starts_at <= clock.now():
        raise Invalid("That time lies in the past. Please choose one to come.", "starts_local")
    window = _moved_along(session, start)
    _check_shape(session, hours, start, window)
    if window is not None:
        _put_window(session, window)
    _put(session, start, actor, "session.moved")


def set_window(
    session: Session, actor: Person, window: Window | None, *, seen_at: datetime | None = None
) -> None:
    """Open a journal club's discussion for some days around its live hours; None: only the hours.

    Registration, reminders and credit follow the live hours all the same. Raises Invalid with the field,
    SavedMeanwhile, OutOfPlay.
    """
    hours = opened_hours(session, seen_at)
    some_in_play(hours)
    lead = hours[0]
    opening = opened_window(window, lead.zone_name) if window else None
    if opening is not None:
        check_window(opening, tuple(map(live_hour, hours)), None)
    if opening == opening_of(lead):
        return
    _put_window(lead, opening)
    saved(lead, actor, "session.window", open=opening is not None)


@dataclass(frozen=True)
class Rederived:
    """A live hour that new zone data moved from one instant (aware UTC) to another."""

    session: Session
    was_at: datetime
    starts_at: datetime


def reinstant(now: datetime, *, only_stale: bool = False) -> tuple[Rederived, ...]:
    """Derive the instants of sessions to come after `now` (aware UTC) again; those whose start moved.

    Wall time and zone stay, as promised; a second run changes nothing. `only_stale` looks only at
    sessions derived with older zone data than that in use.
    """
    found = (_derive_again(each, now) for each in queries.outdated(now, only_stale=only_stale))
    return tuple(each for each in found if each)


def _derive_again(session: Session, now: datetime) -> Rederived | None:
    if (opening := opening_of(session)) is not None:
        _put_window(session, _derived_again(opening, session.zone_name))
    if session.starts_at <= now:
        return None
    start = derived(session.starts_local, session.zone_name, session.minutes, later_fold=session.later_fold)
    if start.starts_at == session.starts_at:
        session.tzdata_version = start.tzdata_version
        return None
    was_at, was_tzdata = opened(session).starts_at, session.tzdata_version
    _put(session, start, None, "session.rederived", was_tzdata)
    return Rederived(session, was_at, start.starts_at)


def _derived_again(opening: Opening, zone_name: str) -> Opening:
    return opened_window(Window(opening.opens_local, opening.closes_local), zone_name)


def _moved_along(session: Session, start: Start) -> Opening | None:
    """The discussion around a first live hour that moves goes with it, by the same clock time."""
    opening = opening_of(session)
    if opening is None:
        return None
    by = start.starts_local - session.starts_local
    return opened_window(Window(opening.opens_local + by, opening.closes_local + by), start.zone_name)


def _check_shape(session: Session, hours: Sequence[Session], start: Start, window: Opening | None) -> None:
    """Raises Invalid where the hours would change places, or one would leave the discussion."""
    wished = tuple(live_hour(start if hour.id == session.id else hour) for hour in hours)
    if len(wished) > 1 and (fault := order_fault(*wished)):
        raise Invalid(fault, "starts_local")
    opening = window or opening_of(session.lead)
    if opening is not None:
        check_window(opening, wished)


def put_along(session: Session, start: Start, actor: Person) -> None:
    """Move a session of a series with its discussion and its second live hour, by the same clock time.

    Raises Invalid where that would put the two hours in another order.
    """
    hours = opened_hours(session)
    by, window = start.starts_local - session.starts_local, _moved_along(session, start)
    starts = [start, *(derived(each.starts_local + by, each.zone_name, each.minutes) for each in hours[1:])]
    if len(starts) > 1 and (fault := order_fault(*map(live_hour, starts))):
        raise Invalid(fault, "starts_local")
    if window is not None:
        check_window(window, tuple(map(live_hour, starts)))
        _put_window(session, window)
    for hour, each in zip(hours, starts, strict=True):
        _put(hour, each, actor, "session.moved")


def _put_window(session: Session, opening: Opening | None) -> None:
    session.window_opens_local = opening.opens_local if opening else None
    session.window_closes_local = opening.closes_local if opening else None
    session.window_opens_at = opening.opens_at if opening else None
    session.window_closes_at = opening.closes_at if opening else None


def _put(
    session: Session, start: Start, actor: Person | None, action: str, was_tzdata: str | None = None
) -> None:
    values = start_values(start)
    if all(getattr(session, name) == value for name, value in values.items()):
        return
    was_at = session.starts_at
    instants = {"from": was_at.isoformat(), "to": start.starts_at.isoformat()}
    audible = _audible(session, start)
    for name, value in values.items():
        setattr(session, name, value)
    if session.starts_at != was_at:
        session.moved_from_tzdata = was_tzdata
    if audible and session.state == State.PUBLISHED:
        heard(session)
        if session.starts_at != was_at:
            session.moved_from_at = was_at
            outbox.tell(SessionMoved(session.id, session.revision))
        else:
            outbox.tell(SessionChanged(session.id, session.revision))
    saved(session, actor, action, zone=session.zone_name, minutes=session.minutes, **instants)
    if session.starts_at == was_at:
        return
    if was_tzdata:
        tell_speakers_of_law(session, was_at, was_tzdata)
    else:
        ask_again(session, was_at)


def _audible(session: Session, start: Start) -> bool:
    """Whether calendars would show something else."""
    shown = (session.starts_at, session.ends_at, session.zone_name)
    return shown != (start.starts_at, start.ends_at, start.zone_name)
