"""A table of Teams with a row an event: joined, left; all that its two layouts have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from webinar.attendance.formats.reading.headings import Headings
from webinar.attendance.formats.reading.rows import Record
from webinar.attendance.formats.reading.sighting import Found, Kind, Remark, Sighting
from webinar.attendance.formats.reading.table import Row


class EventTable(ABC):
    """A TableLayout whose rows say what somebody did in the column `action`."""

    provider = "teams"
    headings: ClassVar[tuple[str, ...]]
    action: ClassVar[str]
    actions: ClassVar[Mapping[str, Kind]]

    def fields(self, head: Sequence[Row]) -> int:
        """See TableLayout."""
        return next((len(row.cells) for row in head if Headings(row.cells).has(*self.headings)), 0)

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """See TableLayout."""
        headings: Headings | None = None
        for row in rows:
            here = Headings(row.cells)
            if here.has(*self.headings):
                headings = here
            elif headings:
                yield from self._found(Record(row, headings))

    def _found(self, record: Record) -> Iterator[Found]:
        yield from self.remarks(record)
        said = record.text(self.action)
        kind = self.actions.get(" ".join(said.casefold().split()), Kind.LISTED)
        if kind is Kind.LISTED and said:
            yield Remark("unknown_action", said)
        yield self.sighting(record, kind)

    @abstractmethod
    def remarks(self, record: Record) -> Iterator[Remark]:
        """What is odd about the row's values."""

    @abstractmethod
    def sighting(self, record: Record, kind: Kind) -> Sighting:
        """What the row says of one person."""
