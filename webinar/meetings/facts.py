"""What happens to the room of a session, told upward."""

from dataclasses import dataclass

from webinar.outbox.facts import Fact


@dataclass(frozen=True)
class RoomChanged(Fact):
    """The join link of a session leads elsewhere, or its passcode, numbers or backup are others."""

    session_id: int
    version: int
