"""What a file is, told by its first bytes and never by its name."""

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of files that some place of the application takes."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TEXT = "text/plain"
    ARCHIVE = "application/zip"
    UNKNOWN = "application/octet-stream"


_SIGNS = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"PK\x03\x04", Kind.ARCHIVE),
)


def sniff(head: bytes) -> Kind:
    """The kind of a file by its first bytes; a sign must stand at the very start (no polyglots)."""
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    return Kind.UNKNOWN if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else Kind.TEXT
