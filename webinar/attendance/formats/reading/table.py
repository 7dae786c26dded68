"""From text to rows: the delimiter by the heading row, quotes honoured, values as they stand."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from webinar.attendance.format import Unreadable
from webinar.attendance.formats.reading.text import Text
from webinar.plaintext import clean_text, has_control_characters

DELIMITERS = ("\t", ";", ",")
_HEAD_LINES = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a page: page and number from 1, its cells without the empty ones at the end."""

    page: int
    number: int
    cells: tuple[str, ...]


def rows(text: Text, page: int, delimiter: str) -> Iterator[Row]:
    """The rows of a page that are not blank.

    Raises Unreadable where the text is no table, or where a quotation mark that is never closed has
    swallowed rows (only tabs show it: no honest cell holds both a tab and a line end).
    """
    for row in _parsed(_without_hint(text.lines()), page, delimiter):
        if delimiter == "\t" and any("\t" in value and "\n" in value for value in row.cells):
            raise Unreadable(
                f"A quotation mark in row {row.number} is never closed. Remove it and try again."
            )
        yield row


def head(text: Text, page: int, delimiter: str) -> Sequence[Row]:
    """The first rows, enough to recognise a layout."""
    return tuple(_parsed(islice(_without_hint(text.lines()), _HEAD_LINES), page, delimiter))


def _without_hint(lines: Iterable[str]) -> Iterator[str]:
    # Spreadsheets put "sep=;" before the first row; it stays a (blank) row, so that numbers hold.
    for number, line in enumerate(lines):
        yield "\n" if number == 0 and line.strip().strip('"').casefold().startswith("sep=") else line


def _parsed(lines: Iterable[str], page: int, delimiter: str) -> Iterator[Row]:
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
            kept = _without_end([_clean(value) for value in cells])
            if kept:
                yield Row(page, number, kept)
    except csv.Error as error:
        raise Unreadable("This text is not a table. Export the report as CSV.") from error


def _clean(value: str) -> str:
    plain = value.isprintable() or not has_control_characters(value)
    return value if plain else clean_text(value)


def _without_end(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)
