"""Finding the room of a session."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from webinar.db.store import store
from webinar.meetings.models import Room
from webinar.meetings.rules import join_target


def room_of(session_id: int) -> Room | None:
    """The room of a session; None while no link is set."""
    return store.scalar(select(Room).where(Room.session_id == session_id))


def address_of(session_id: int) -> str:
    """Where everybody's link of a session leads today; "" while no link is set."""
    room = room_of(session_id)
    return join_target(room) if room else ""


def rooms_of(session_ids: Collection[int]) -> Mapping[int, Room]:
    """The rooms of several sessions by session id, in one question."""
    rooms = store.scalars(select(Room).where(Room.session_id.in_(session_ids)))
    return {room.session_id: room for room in rooms}
