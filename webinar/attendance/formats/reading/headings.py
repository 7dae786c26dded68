"""Headings found by name, whatever their place, count, case and spaces."""

from collections.abc import Sequence
from functools import lru_cache

from webinar.attendance.formats.reading.table import Row

_UTC_MARKS = ("(utc)", "[utc]", "(gmt)", "[gmt]")


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A heading in lower case with single spaces, without a colon at its end or a mark of UTC."""
    name = " ".join(text.casefold().split()).removesuffix(":").rstrip()
    for mark in _UTC_MARKS:
        name = name.removesuffix(mark).rstrip()
    return name


def says_utc(text: str) -> bool:
    """Whether a heading says that its times are UTC."""
    return any(word in ("utc", "gmt") for word in text.casefold().replace("(", " ").replace(")", " ").split())


class Headings:
    """The heading row of a table."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = tuple(cells)
        self.names = tuple(normal(cell) for cell in cells)

    def has(self, *names: str) -> bool:
        """Whether every one of the names is a heading."""
        return all(name in self.names for name in names)

    def place(self, *names: str, start: int = 0) -> int | None:
        """The first place, from `start` on, of the first of the names that is a heading."""
        for name in names:
            if name in self.names[start:]:
                return self.names.index(name, start)
        return None


def cell(row: Row, place: int | None) -> str:
    """The value of a row at a place, empty where there is none; `--` means empty everywhere."""
    if place is None or place >= len(row.cells):
        return ""
    value = row.cells[place].strip()
    return "" if value == "--" else value
