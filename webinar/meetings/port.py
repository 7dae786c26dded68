"""Provider: the protocol between a session's room and whoever runs the video."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Link:
    """How people get into a room: the address, what they may be asked for, phone numbers, a backup."""

    url: str
    meeting_id: str = ""
    passcode: str = ""
    dial_in: str = ""
    backup_url: str = ""


class Provider(Protocol):
    """Runs rooms. Further abilities (creating rooms, reading reports) are protocols of their own."""

    def accepted(self, link: Link) -> Link:
        """The link as it will be stored. Raises Invalid, with the field, for one that cannot be a room."""
        ...
