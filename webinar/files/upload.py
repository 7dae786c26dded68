"""Taking a file in: counted while it streams, its kind known by its bytes, its name only for show."""

import hashlib
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from webinar.plaintext import one_line
from webinar.refusal import Invalid

MEMORY_LIMIT = 1 << 20
LONGEST_NAME = 150


class TooLarge(Invalid):
    """The file is larger than this place takes."""


@dataclass(frozen=True)
class Upload:
    """A received file: rewound `content`, its `size` in bytes, SHA-256, display name, first bytes."""

    content: BinaryIO
    size: int
    sha256: str
    name: str
    head: bytes


def receive(stream: BinaryIO, name: str | None, *, most_bytes: int) -> Upload:
    """Read `stream` to its end, or refuse as soon as it proves too large, whatever was announced."""
    spool = cast(BinaryIO, SpooledTemporaryFile(max_size=MEMORY_LIMIT))  # noqa: SIM115  handed on
    try:
        size, sha256, head = _copied(stream, spool, most_bytes)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return Upload(spool, size, sha256, display_name(name), head)


def _copied(stream: BinaryIO, spool: BinaryIO, most_bytes: int) -> tuple[int, str, bytes]:
    digest, size, head = hashlib.sha256(), 0, b""
    while block := stream.read(1 << 16):
        size += len(block)
        if size > most_bytes:
            raise TooLarge(
                "The file is larger than %(most)s MB. Make it smaller, or offer a link to it instead.",
                most=most_bytes // (1024 * 1024),
            )
        head = head or block[:1024]
        digest.update(block)
        spool.write(block)
    if not size:
        raise Invalid("The file is empty. Choose the file again.")
    return size, digest.hexdigest(), head


def display_name(name: str | None) -> str:
    """A client's file name as text to show: one line, no folders, at most 150 characters."""
    last = one_line(name or "").replace("\\", "/").rpartition("/")[2]
    return last[-LONGEST_NAME:] or "file"
