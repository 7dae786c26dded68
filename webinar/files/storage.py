"""Where uploaded bytes rest: under keys of our own making, outside the web root."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from flask import current_app


class Storage(Protocol):
    """Keeps bytes under a key; keys come from `new_key`, never from a person.

    `open` raises FileNotFoundError for a key that holds nothing; `delete` of such a key is harmless.
    """

    def put(self, key: str, content: BinaryIO) -> None: ...

    def open(self, key: str) -> BinaryIO: ...

    def delete(self, key: str) -> None: ...


def new_key(room: str) -> str:
    """A fresh unguessable key under the room's name."""
    return f"{room}/{secrets.token_hex(20)}"


def storage() -> Storage:
    """The storage of the application in whose context we run."""
    return cast(Storage, current_app.extensions["webinar.storage"])


@dataclass(frozen=True)
class FolderStorage:
    """Files in a folder; a file appears under its key only when it is whole."""

    root: Path

    def put(self, key: str, content: BinaryIO) -> None:
        with self._half_written(key) as half:
            while block := content.read(1 << 20):
                half.write(block)

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise ValueError(f"a storage key stays inside the storage: {key!r}")
        return path

    @contextmanager
    def _half_written(self, key: str) -> Iterator[BinaryIO]:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        try:
            with part.open("wb") as half:
                yield half
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


@dataclass(frozen=True)
class MemoryStorage:
    """Bytes in a dictionary, for tests."""

    kept: dict[str, bytes]

    def put(self, key: str, content: BinaryIO) -> None:
        self.kept[key] = content.read()

    def open(self, key: str) -> BinaryIO:
        if key not in self.kept:
            raise FileNotFoundError(key)
        return BytesIO(self.kept[key])

    def delete(self, key: str) -> None:
        self.kept.pop(key, None)
