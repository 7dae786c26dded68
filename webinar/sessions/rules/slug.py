"""Slug: the readable end of a session's address, made once from its title."""

import re
import secrets
import unicodedata
from collections.abc import Container

MOST_LETTERS = 60
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without letters that read like digits
_OWN_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ł": "l", "Ł": "l"}
    | {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h", "’": "", "'": ""}
)
RESERVED = frozenset({"new"})


def slug_of(title: str, kind: str, taken: Container[str]) -> str:
    """A free slug: the title in ASCII, at most 60 characters; other scripts give the kind and chance.

    `taken` holds the slugs in use. A taken one gets four characters of chance behind it.
    """
    readable = _ascii(title)
    if sum(letter.isalpha() for letter in readable) < 3:
        readable = f"{kind.replace('_', '-')}-{_chance(6)}"
    slug = readable
    while slug in taken or slug in RESERVED:
        slug = f"{readable}-{_chance(4)}"
    return slug


def _ascii(title: str) -> str:
    decomposed = unicodedata.normalize("NFKD", title.translate(_OWN_LETTERS))
    letters = decomposed.encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", letters))
    if len(words) <= MOST_LETTERS:
        return words
    return words[: MOST_LETTERS + 1].rpartition("-")[0] or words[:MOST_LETTERS]


def _chance(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
