"""Keeps messages in a list: for tests of what would have been sent."""

from dataclasses import dataclass, field


@dataclass
class MemoryCarrier:
    """`sent` holds (recipient, message bytes) in order."""

    sent: list[tuple[str, bytes]] = field(default_factory=list)

    def send(self, message: bytes, sender: str, recipient: str) -> None:
        self.sent.append((recipient, message))
