"""Keeps each message as an .eml file in a folder, for the demo."""

import hashlib
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path


@dataclass(frozen=True)
class FolderCarrier:
    """One file per Message-ID and recipient, so a repeated try overwrites its own copy."""

    folder: Path

    def send(self, message: bytes, sender: str, recipient: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        identity = f"{message_from_bytes(message)['Message-ID']} {recipient}"
        name = hashlib.sha256(identity.encode()).hexdigest()[:24]
        half = self.folder / f".{name}.part"
        half.write_bytes(message)
        half.replace(self.folder / f"{name}.eml")
