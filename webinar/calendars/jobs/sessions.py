"""Mails to everybody with a seat: moved, changed, cancelled, another room; one letter each."""

import hashlib
from typing import Any

from sqlalchemy import Text, cast, literal, select

from webinar.calendars.ics.invite import Method
from webinar.calendars.jobs.laws import clock_letter
from webinar.calendars.jobs.letter import as_reader, letter, method_of, present
from webinar.calendars.pages.session import zone_of
from webinar.calendars.queries.told import EVERYBODY
from webinar.calendars.rules.showing import Was, is_over, was_said_by
from webinar.meetings.facts import RoomChanged
from webinar.meetings.queries import room_of
from webinar.outbox import queries as outbox_queries
from webinar.outbox import service as outbox
from webinar.outbox.models import Letter
from webinar.outbox.port import Due, Opened, Useless
from webinar.registration.models import Seat, SeatState
from webinar.sessions.facts import SessionCancelled, SessionChanged, SessionMoved
from webinar.sessions.models import Session, State
from webinar.sessions.queries import other_hour, session_of_id
from webinar.timekeeping import clock
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Showing, showing
from webinar.web.clock_words import clock_time, near_day, weekday


def mail_moved(fact: SessionMoved) -> None:
    """Tell everybody with a seat, an offer or a place in the queue of the new time."""
    if not _moved_again(fact.session_id, fact.revision):
        _post_each("moved", fact.session_id, fact.revision)


def mail_changed(fact: SessionChanged) -> None:
    """Tell everybody that the title, the length or the zone is another."""
    _post_each("changed", fact.session_id, fact.revision)


def mail_cancelled(fact: SessionCancelled) -> None:
    """Tell everybody that it is off."""
    _post_each("cancelled", fact.session_id, fact.revision)


def mail_new_room(fact: RoomChanged) -> None:
    """Tell who is coming that the room is the backup; once for each backup address."""
    room = room_of(fact.session_id)
    if room is not None and room.on_backup:
        address = hashlib.sha256(room.backup_url.encode()).hexdigest()[:16]
        _post_each("new_room", fact.session_id, address, states=(SeatState.CONFIRMED,))


def _post_each(
    name: str, session_id: int, version: int | str, states: tuple[SeatState, ...] = EVERYBODY
) -> None:
    """One letter per seat in one statement, keyed by session, version and seat."""
    key = literal(f"mail:{name}:{session_id}:{version}:", Text) + cast(Seat.id, Text)
    payload = outbox.payload_of(seat_id=Seat.id, version=literal(version))
    due_at = literal(clock.now(), Letter.due_at.type)
    seats = select(key, payload, due_at).where(Seat.session_id == session_id, Seat.state.in_(states))
    outbox.post_each(f"mail.{name}", seats)


def open_moved(due: Due) -> Opened:
    """The new time beside the old one, for the calendar too; outdated by a later move."""
    seat = present(due, State.PUBLISHED)
    if isinstance(seat, Useless):
        return seat
    session = seat.session
    if _moved_again(session.id, due.payload["version"]):
        return Useless("the session has moved again")
    if session.moved_from_tzdata:
        return clock_letter(due, seat, session.moved_from_tzdata, session.tzdata_version)
    with as_reader(seat, due.now):
        values = _old_time(seat, due)
    return letter("moved", due, seat, method=method_of(seat), tells_time=True, **values)


def open_changed(due: Due) -> Opened:
    """What it is called and how long it takes now; outdated by any later revision."""
    seat = present(due, State.PUBLISHED)
    if isinstance(seat, Useless):
        return seat
    if seat.session.revision != due.payload["version"]:
        return Useless("the session has changed again")
    return letter("changed", due, seat, method=method_of(seat))


def open_cancelled(due: Due) -> Opened:
    """It is off, and why; whoever had the invitation gets it withdrawn."""
    seat = present(due, State.CANCELLED)
    if isinstance(seat, Useless):
        return seat
    method = Method.CANCEL if seat.state is SeatState.CONFIRMED else None
    reason = seat.session.cancelled_because
    with as_reader(seat, due.now):
        other = _hour_left(seat, due)
    return letter("cancelled", due, seat, method=method, may_join=False, because=reason, other=other)


def open_new_room(due: Due) -> Opened:
    """Another room, the same link."""
    seat = present(due, State.PUBLISHED)
    if isinstance(seat, Useless):
        return seat
    room = room_of(seat.session_id)
    if room is None or not room.on_backup:
        return Useless("the first room is back")
    return letter("new_room", due, seat)


def _hour_left(seat: Seat, due: Due) -> Showing | None:
    """The live hour that still takes place where only the seat's own was taken off; they can have it."""
    other = other_hour(seat.session)
    if other is None or other.state is not State.PUBLISHED or is_over(due.now, other.ends_at):
        return None
    return showing(other.starts_at, other.ends_at, zone_of(seat), now=due.now, reference_zone=other.zone_name)


def _moved_again(session_id: int, revision: int) -> bool:
    """Whether a later move than the one to `revision` was told."""
    newest = session_of_id(session_id).revision
    later = [SessionMoved(session_id, number).key for number in range(revision + 1, newest + 1)]
    return outbox_queries.any_of(later)


def _old_time(seat: Seat, due: Due) -> dict[str, Any]:
    """`was` for the subject ("Wed", "17:45"), `old` for the text (a Showing); in the reader's zone."""
    session: Session = seat.session
    old_at, zone_name = session.moved_from_at or session.starts_at, zone_of(seat)
    old, new = local_of(old_at, zone_name), local_of(session.starts_at, zone_name)
    words = {Was.CLOCK: clock_time, Was.WEEKDAY: weekday, Was.DAY: near_day}[was_said_by(old, new)]
    seen = showing(
        old_at,
        old_at + (session.ends_at - session.starts_at),
        zone_name,
        now=due.now,
        reference_zone=session.zone_name,
    )
    return {"was": words(old), "old": seen}
