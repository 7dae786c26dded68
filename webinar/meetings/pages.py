"""What the page of a room shows."""

from dataclasses import dataclass

from webinar.meetings.models import Room
from webinar.meetings.rules import join_target


@dataclass(frozen=True)
class RoomPage:
    """Where everybody's link leads today; `target` "" while no link is set.

    `is_offered` says that the form shows the link of the session before in the series; `can_publish` that
    nothing stands in the way of publishing this draft."""

    target: str
    has_backup: bool
    on_backup: bool
    is_offered: bool = False
    can_publish: bool = False


def room_page(room: Room | None, *, is_offered: bool = False, can_publish: bool = False) -> RoomPage:
    """The page of a room, or of none yet."""
    if room is None:
        return RoomPage("", False, False, is_offered)
    return RoomPage(join_target(room), bool(room.backup_url), room.on_backup, False, can_publish)
