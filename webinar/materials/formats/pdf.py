"""PDF slides: whether the bytes are one whole PDF and nothing else, and how many pages it has.

The file is parsed in a child process with limits, never in our own (S8).
"""

import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from webinar.refusal import Invalid
from webinar.translatable import N_

WALL_SECONDS = 60
TAIL = 1024
"""%%EOF stands within the last 1024 bytes of a PDF (ISO 32000-1, annex H, note 18)."""
ZIP_TAIL = 22 + 65_535
"""The end record of a ZIP file with its longest comment (APPNOTE 4.3.16)."""
CHILD = Path(__file__).with_name("pdf_child.py")
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?php|!--)", re.IGNORECASE)

NO_PDF = N_("This is not a PDF file, whatever its name says. Export your slides as PDF and choose that file.")
CUT_OFF = N_("This PDF is not complete: its end is missing. Export or copy it again and choose the new file.")
TWO_IN_ONE = N_(
    "This file is a PDF and something else in one, which we do not pass on. "
    "Export your slides afresh as PDF and choose that file."
)
BROKEN = N_("This PDF is damaged and cannot be read. Export your slides afresh as PDF and choose that file.")
LOCKED = N_(
    "This PDF is protected by a password or by restrictions, so people could not read it. "
    "Save it without protection and choose that file."
)
TOO_HARD = N_(
    "This PDF takes too much time or memory to read. "
    "Export your slides afresh as PDF, perhaps with smaller pictures."
)
_ANSWERS = {3: LOCKED, 4: BROKEN}


class UnreadableSlides(Invalid):
    """The file cannot be taken as slides; the sentence says why and what to do."""


def count_pages(content: BinaryIO, *, wall_seconds: float = WALL_SECONDS, program: Path = CHILD) -> int:
    """How many pages the PDF in `content` (a real file or a spooled one) has. Raises UnreadableSlides.

    `program` is what counts in the child process, within `wall_seconds`.
    """
    _check_shape(content)
    content.seek(0)
    command = [sys.executable, "-I", str(program)]
    try:
        child = subprocess.run(
            command, stdin=content.fileno(), capture_output=True, timeout=wall_seconds, env={}, check=False
        )
    except subprocess.TimeoutExpired as timeout:
        raise UnreadableSlides(TOO_HARD, "file") from timeout
    finally:
        content.seek(0)
    if child.returncode in _ANSWERS:
        raise UnreadableSlides(_ANSWERS[child.returncode], "file")
    if child.returncode != 0 or not child.stdout.strip().isdigit():
        raise UnreadableSlides(TOO_HARD, "file")
    return int(child.stdout)


def _check_shape(content: BinaryIO) -> None:
    """Refuse what does not begin and end as a PDF, or would pass for another kind of file too."""
    content.seek(0)
    head = content.read(TAIL)
    if not head.startswith(b"%PDF-"):
        raise UnreadableSlides(NO_PDF, "file")
    tail = _last(content, TAIL)
    _before, mark, behind = tail.rpartition(b"%%EOF")
    if not mark:
        raise UnreadableSlides(CUT_OFF, "file")
    if behind.strip(b"\x00\t\n\x0c\r ") or _MARKUP.search(head) or _is_zip(content):
        raise UnreadableSlides(TWO_IN_ONE, "file")


def _is_zip(content: BinaryIO) -> bool:
    """Whether an unpacker would find a ZIP directory; chance bytes in a picture have no directory."""
    tail = _last(content, ZIP_TAIL)
    end = content.seek(0, 2)
    place = tail.rfind(b"PK\x05\x06")
    while place >= 0:
        record = tail[place : place + 22]
        if len(record) == 22:
            count, size = struct.unpack("<10xHL6x", record)
            begins = end - len(tail) + place - size
            if count == 0 or (begins >= 0 and _at(content, begins, 4) == b"PK\x01\x02"):
                return True
        place = tail.rfind(b"PK\x05\x06", 0, place)
    return False


def _last(content: BinaryIO, count: int) -> bytes:
    end = content.seek(0, 2)
    return _at(content, max(0, end - count), count)


def _at(content: BinaryIO, place: int, count: int) -> bytes:
    content.seek(place)
    return content.read(count)
