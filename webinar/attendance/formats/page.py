"""One file of a report: which layout it has, and what it says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from webinar.attendance.format import UnknownLayout, Unreadable
from webinar.attendance.formats import DOCUMENTS, TABLES
from webinar.attendance.formats.mapped import Mapped
from webinar.attendance.formats.reading.documents import documents, looks_like_json
from webinar.attendance.formats.reading.layout import TableLayout
from webinar.attendance.formats.reading.sighting import Found
from webinar.attendance.formats.reading.table import DELIMITERS, Row, head, rows
from webinar.attendance.formats.reading.text import Text


@dataclass(frozen=True, slots=True)
class Page:
    """A file whose `layout` and `provider` are known; `found` is read once, row by row."""

    layout: str
    provider: str
    found: Iterator[Found]


def page_of(text: Text, number: int, columns: Mapping[str, str]) -> Page:
    """The page in a text; `columns` maps fields to headings, empty for the known layouts.

    Raises UnknownLayout where nobody knows the layout, Unreadable where there is none.
    """
    if looks_like_json(text):
        return _document_page(text, number)
    return _table_page(text, number, columns)


def _document_page(text: Text, number: int) -> Page:
    found = documents(text)
    if not found:
        raise Unreadable("There are no rows in this report.")
    for name, layout in DOCUMENTS.items():
        if any(layout.fits(document) for document in found):
            return Page(name, layout.provider, layout.read(found, number))
    raise UnknownLayout((), None, "This JSON is of no kind that we know. Export the report as CSV.")


def _table_page(text: Text, number: int, columns: Mapping[str, str]) -> Page:
    heads = {delimiter: head(text, number, delimiter) for delimiter in DELIMITERS}
    layouts: dict[str, TableLayout] = {"mapped": Mapped(columns)} if columns else TABLES
    complaint = Mapped(columns).complaint if columns else None
    fitting = [
        (layout.fields(first), name, delimiter)
        for name, layout in layouts.items()
        for delimiter, first in heads.items()
    ]
    fields, name, delimiter = max(fitting, key=lambda fit: fit[0])
    if not fields or complaint:
        raise _unknown(heads, complaint, bool(columns))
    layout = layouts[name]
    return Page(name, layout.provider, layout.read(rows(text, number, delimiter)))


def _unknown(heads: Mapping[str, Sequence[Row]], complaint: str | None, mapped: bool) -> Exception:
    first = max(heads.values(), key=lambda found: max((len(row.cells) for row in found), default=0))
    if not first:
        return Unreadable("There are no rows in this file.")
    heading = _heading(first)
    cells = [value.strip() for value in heading.cells if value.strip()]
    sentence = complaint or (
        "A column that you named is not in this file." if mapped else "We do not know this layout."
    )
    return UnknownLayout(
        cells, heading.number, f"{sentence} Say which of its columns hold the name, the e-mail and the times."
    )


def _heading(first: Sequence[Row]) -> Row:
    """The row that most looks like headings: words in every field, the first of the longest such rows."""
    wordy = [row for row in first if all(_is_words(value) for value in row.cells if value.strip())]
    return max(wordy or first, key=lambda row: sum(bool(value.strip()) for value in row.cells))


def _is_words(value: str) -> bool:
    return any(letter.isalpha() for letter in value) and "@" not in value and ":" not in value.rstrip(": ")
