"""Finding the room of a session."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from webinar.db.store import store
from webinar.meetings.models import Room
from webinar.meetings.rules import join_target
from webinar.sessions.models import Session, State
from webinar.timekeeping.intervals import Interval

MOST_ROWS = 100


def room_of(session_id: int) -> Room | None:
    """The room of a session; None while no link is set."""
    return store.scalar(select(Room).where(Room.session_id == session_id))


def address_of(session_id: int) -> str:
    """Where everybody's link of a session leads today; "" while no link is set."""
    room = room_of(session_id)
    return join_target(room) if room else ""


def last_room_in(session: Session) -> Room | None:
    """The room of the latest other session of the same series: where the next one probably takes place."""
    if session.series_id is None:
        return None
    return store.scalar(
        select(Room)
        .join(Session, Session.id == Room.session_id)
        .where(Session.series_id == session.series_id, Session.id != session.id)
        .order_by(Session.starts_at.desc(), Session.id.desc())
        .limit(1)
    )


def rooms_of(session_ids: Collection[int]) -> Mapping[int, Room]:
    """The rooms of several sessions by session id, in one question."""
    rooms = store.scalars(select(Room).where(Room.session_id.in_(session_ids)))
    return {room.session_id: room for room in rooms}


def in_same_room(room: Room, session: Session, span: Interval) -> Sequence[Session]:
    """Other sessions, of any society and drafts too, that use a session's room during `span`.

    The same room is the same link, or the same meeting of the same provider.
    """
    same = Room.url == room.url
    if room.meeting_id:
        same = or_(same, and_(Room.provider == room.provider, Room.meeting_id == room.meeting_id))
    return store.scalars(
        select(Session)
        .join(Room, Room.session_id == Session.id)
        .where(
            same,
            Session.id != session.id,
            Session.state != State.CANCELLED,
            Session.starts_at < span.end,
            Session.ends_at > span.start,
        )
        .options(joinedload(Session.society))
        .order_by(Session.starts_at, Session.id)
        .limit(MOST_ROWS)
    ).all()
