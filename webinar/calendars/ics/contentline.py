"""Content lines: escaping, parameters and folding (RFC 5545 3.1 and 3.3.11, RFC 6868)."""

import unicodedata

from webinar.calendars.ics.unwritable import Unwritable
from webinar.plaintext import clean_text, one_line

WIDTH = 75
"""Octets that a line may hold, without its CRLF (RFC 5545 3.1)."""

_CARETS = str.maketrans({"^": "^^", '"': "^'", "\\": "/"})
_BACKSLASH = 0x5C


def escaped(text: str) -> str:
    """`text`, cleaned and in NFC, as a TEXT value that may hold line breaks (RFC 5545 3.3.11)."""
    return _escape(without_lone_marks(clean_text(text)))


def escaped_line(text: str) -> str:
    """`text` on one line as a TEXT value."""
    return _escape(one_line(text))


def parameter(text: str) -> str:
    """`text` as a parameter value: carets and quotes by RFC 6868, in quotes unless it is plain ASCII.

    RFC 5545 asks for quotes only around `: ; ,`; readers exist that drop unquoted non-ASCII names.
    A backslash becomes a slash: ical.js and icalendar take it for an escape, which RFC 5545 has not here.
    """
    value = one_line(text).translate(_CARETS)
    if value.isascii() and not any(sign in value for sign in ":;,"):
        return value
    return f'"{value}"'


def folded(line: str) -> bytes:
    """`line` as UTF-8 with CRLF, folded at 75 octets, never inside a character nor after an escaping `\\`.

    Raises Unwritable if the line holds a line break: its value was not escaped.
    """
    if "\n" in line or "\r" in line:
        raise Unwritable("A line break stands inside a calendar line.")
    octets = line.encode()
    if len(octets) <= WIDTH:
        return octets + b"\r\n"
    pieces, start, room = [], 0, WIDTH
    while len(octets) - start > room:
        cut = _cut(octets, start, start + room)
        pieces.append(octets[start:cut])
        start, room = cut, WIDTH - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def folded_all(lines: list[str]) -> bytes:
    """Each of `lines` folded, one after the other."""
    return b"".join([folded(line) for line in lines])


def without_lone_marks(text: str) -> str:
    """`text` without combining marks at a line's start: they would merge with the n of an escaped newline."""
    first, *others = text.split("\n")
    return "\n".join([first, *(_from_base(line) for line in others)])


def _escape(text: str) -> str:
    # Four passes of str.replace take a tenth of one str.translate.
    text = text.replace("\\", "\\\\").replace(";", "\\;")
    return text.replace(",", "\\,").replace("\n", "\\n")


def _cut(octets: bytes, start: int, cut: int) -> int:
    """The last place at or before `cut` that is no continuation byte and splits no escape."""
    while octets[cut] & 0xC0 == 0x80:
        cut -= 1
    run = cut
    while run > start and octets[run - 1] == _BACKSLASH:
        run -= 1
    return cut - (cut - run) % 2


def _from_base(line: str) -> str:
    start = 0
    while start < len(line) and unicodedata.combining(line[start]):
        start += 1
    return line[start:]
