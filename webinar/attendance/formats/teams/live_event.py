"""Teams' live event report (T8): a row an event in UTC, cut to the minute, paired by Session Id."""

from collections.abc import Iterable, Iterator, Sequence

from webinar.attendance.formats.reading.headings import Headings
from webinar.attendance.formats.reading.rows import Record
from webinar.attendance.formats.reading.sighting import (
    Found,
    Kind,
    Remark,
    Sighting,
    email_of,
    evidence,
    name_of,
)
from webinar.attendance.formats.reading.table import Row

_HEADINGS = ("session id", "participant id", "utc event timestamp", "action")
_ACTIONS = {"joined": Kind.JOINED, "left": Kind.LEFT}


class LiveEvent:
    """teams-live-event."""

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
    yield from record.remarks(times=("utc event timestamp",), role="role")
    kind = _ACTIONS.get(record.text("action").casefold(), Kind.LISTED)
    if kind is Kind.LISTED and record.text("action"):
        yield Remark("unknown_action", record.text("action"))
    at, person = record.time("utc event timestamp"), record.text("participant id")
    yield Sighting(
        row=evidence(record.row, "events", record.headings),
        kind=kind,
        name=name_of(record.text("full name")),
        email=email_of(person),
        registrant_id=person if person and not email_of(person) else None,
        role=record.role("role"),
        join=None if kind is Kind.LEFT else at,
        leave=at if kind is Kind.LEFT else None,
        pair=record.text("session id"),
        stranger=record.text("session id"),
    )
