"""Carrier: takes a finished message to one recipient."""

from typing import Protocol


class Carrier(Protocol):
    """Raises outbox.port.Undeliverable (final), Ambiguous (may have arrived), or OSError (try later)."""

    def send(self, message: bytes, sender: str, recipient: str) -> None: ...
