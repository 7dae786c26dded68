"""Teams' attendance list of 2020 and 2021 (T0): a row an event, the name the only identity."""

from collections.abc import Iterable, Iterator, Sequence

from webinar.attendance.formats.reading.headings import Headings
from webinar.attendance.formats.reading.people import folded
from webinar.attendance.formats.reading.rows import Record
from webinar.attendance.formats.reading.sighting import Found, Kind, Remark, Sighting, evidence, name_of
from webinar.attendance.formats.reading.table import Row

_HEADINGS = ("full name", "user action", "timestamp")
_ACTIONS = {"joined": Kind.JOINED, "joined before": Kind.JOINED, "left": Kind.LEFT}


class JoinLeft:
    """teams-join-left."""

    provider = "teams"

    def fields(self, head: Sequence[Row]) -> int:
        """See TableLayout."""
        return next((len(row.cells) for row in head if Headings(row.cells).has(*_HEADINGS)), 0)

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """See TableLayout."""
        headings: Headings | None = None
        for row in rows:
            here = Headings(row.cells)
            if here.has(*_HEADINGS):
                headings = here
            elif headings:
                yield from _found(Record(row, headings))


def _found(record: Record) -> Iterator[Found]:
    yield from record.remarks(times=("timestamp",))
    action = record.text("user action")
    kind = _ACTIONS.get(" ".join(action.casefold().split()), Kind.LISTED)
    if kind is Kind.LISTED and action:
        yield Remark("unknown_action", action)
    name, at = name_of(record.text("full name")), record.time("timestamp")
    yield Sighting(
        row=evidence(record.row, "list", record.headings),
        kind=kind,
        name=name,
        join=None if kind is Kind.LEFT else at,
        leave=at if kind is Kind.LEFT else None,
        pair=folded(name or ""),
    )
