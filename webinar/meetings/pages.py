"""What the page of a room shows."""

from dataclasses import dataclass

from webinar.meetings.models import Room
from webinar.meetings.rules import join_target


@dataclass(frozen=True)
class RoomPage:
    """Where everybody's link leads today; `target` "" while no link is set."""

    target: str
    has_backup: bool
    on_backup: bool


def room_page(room: Room | None) -> RoomPage:
    """The page of a room, or of none yet."""
    if room is None:
        return RoomPage("", False, False)
    return RoomPage(join_target(room), bool(room.backup_url), room.on_backup)
