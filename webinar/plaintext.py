"""Text that people typed, made safe for every plain writer: calendars, mails, tables, feeds (S6)."""

import re
import unicodedata

# C0 without tab and newline, DEL, C1 (with NEL), line and paragraph separators.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_UNSAFE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """`text` in NFC, line ends as newline, without control characters other than tab and newline."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _SURROGATES.sub("", _UNSAFE.sub("", unified)))


def one_line(text: str) -> str:
    """`text` in NFC on a single line: runs of control characters become one space, ends trimmed."""
    return unicodedata.normalize("NFC", _SURROGATES.sub("", _UNSAFE_LINE.sub(" ", text))).strip()


def has_control_characters(text: str) -> bool:
    """Whether `text` holds characters that `clean_text` would drop (a form refuses those)."""
    return bool(_UNSAFE.search(text.replace("\r\n", "\n")) or _SURROGATES.search(text))
