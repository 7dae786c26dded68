"""Format: a way of writing a table, row by row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

Row = Sequence[str]


@dataclass(frozen=True)
class Table:
    """A heading and its rows, which may be read only once; every cell is text."""

    title: str
    heading: Row
    rows: Iterable[Row]


class Format(Protocol):
    """Writes tables."""

    @property
    def mimetype(self) -> str:
        """The media type with its parameters."""
        ...

    def write(self, table: Table) -> Iterator[bytes]:
        """The file in pieces, the first as soon as there is something to send."""
        ...
