"""From bytes to text: which encoding a report is in, whatever its name says."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from webinar.attendance.format import Unreadable

_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 20
# The last piece of a chunk always stays for the next one: its CR may lack its LF.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x00\x1a\x1b")


@dataclass(frozen=True, slots=True)
class Text:
    """A binary file whose `encoding` is known; `guessed` when only Windows-1252 could read it."""

    file: BinaryIO
    encoding: str
    guessed: bool = False

    def lines(self) -> Iterator[str]:
        """The lines with their ends (CRLF, LF or CR), from the beginning; several walks may run at once."""
        rest = ""
        for chunk in self._chunks():
            *complete, rest = _LINE.findall(rest + chunk) or [""]
            yield from complete
            if len(rest) > _LONGEST_LINE:
                raise Unreadable("This text is not a table. Export the report as CSV.")
        if rest:
            yield from _LINE.findall(rest)

    def _chunks(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self.encoding)()
        place = 0
        while True:
            self.file.seek(place)
            piece = self.file.read(_CHUNK)
            yield decoder.decode(piece, final=not piece)
            place += len(piece)
            if not piece:
                return

    def whole(self) -> str:
        """All of the text."""
        return "".join(self._chunks())

    def begins(self) -> str:
        """The first characters that are not blank."""
        return next((start for chunk in self._chunks() if (start := chunk.lstrip(" \t\r\n\0\ufeff"))), "")[
            :64
        ]


def text_of(file: BinaryIO, max_bytes: int) -> Text:
    """The seekable `file` as text. Raises Unreadable for what is empty, too large, a workbook or not text."""
    if _size(file) > max_bytes:
        raise Unreadable(f"The file is larger than {max_bytes // 1_000_000} MB.")
    head = _head(file)
    if not head.strip(b"\0 \t\r\n"):
        raise Unreadable("The file is empty.")
    if head.startswith(_WORKBOOKS):
        raise Unreadable("This is a workbook. Open it in your spreadsheet and save it as CSV.")
    return _decodable(file, head)


def _size(file: BinaryIO) -> int:
    file.seek(0, SEEK_END)
    return file.tell()


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(_CHUNK)


def _decodable(file: BinaryIO, head: bytes) -> Text:
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None) or _unmarked_utf16(head)
    if marked:
        if _decodes(file, marked):
            return Text(file, marked)
        raise Unreadable("The file is damaged: it is not the text it says it is. Export it again.")
    if _binary(head):
        raise Unreadable("This is not a text file. Export the report as CSV.")
    if _decodes(file, "utf-8"):
        return Text(file, "utf-8")
    if _decodes(file, "cp1252"):
        return Text(file, "cp1252", guessed=True)
    raise Unreadable("This is not a text file. Export the report as CSV.")


def _unmarked_utf16(head: bytes) -> str | None:
    start = head[:512]
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.7 and start[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if half and start[0::2].count(0) > half * 0.7 and start[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _binary(head: bytes) -> bool:
    odd = sum(byte in _NOT_TEXT for byte in head)
    return odd * 100 > len(head) or head.count(0) * 10 > len(head)


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
