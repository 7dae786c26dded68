"""Backstage: where a session's room is, told by whoever runs rooms."""

from typing import Protocol


class Backstage(Protocol):
    """Rooms are a neighbour's; the application hands this door over when it is put together."""

    def __call__(self, session_id: int) -> str:
        """The address of the session's room today, or "" while none is set."""
