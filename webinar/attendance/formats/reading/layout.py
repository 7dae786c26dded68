"""What a layout family must be able to do: say whether a file is of its kind, and read it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from webinar.attendance.formats.reading.sighting import Found
from webinar.attendance.formats.reading.table import Row


class TableLayout(Protocol):
    """A layout of text tables."""

    provider: str

    def fields(self, head: Sequence[Row]) -> int:
        """How many fields the heading row has if the first rows are of this layout, else 0."""

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """What the rows of one page say, in their order."""


class DocumentLayout(Protocol):
    """A layout of JSON: one document, or one a line."""

    provider: str

    def fits(self, document: object) -> bool:
        """Whether the document is of this layout."""

    def read(self, documents: Iterable[object], page: int) -> Iterator[Found]:
        """What the documents of one page say, in their order."""
