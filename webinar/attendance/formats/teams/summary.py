"""Teams' report of 2021 and 2022 (T1): a block "Meeting Summary", then a row a join."""

from collections.abc import Iterable, Iterator, Sequence

from webinar.attendance.formats.reading.headings import Headings, normal
from webinar.attendance.formats.reading.rows import Record
from webinar.attendance.formats.reading.sighting import (
    Found,
    Kind,
    MeetingSeen,
    Sighting,
    email_of,
    evidence,
    name_of,
)
from webinar.attendance.formats.reading.stamp import stamp
from webinar.attendance.formats.reading.table import Row

_HEADINGS = ("full name", "join time", "leave time")


class Summary:
    """teams-summary."""

    provider = "teams"

    def fields(self, head: Sequence[Row]) -> int:
        """See TableLayout."""
        return next((len(row.cells) for row in head if Headings(row.cells).has(*_HEADINGS)), 0)

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """See TableLayout."""
        headings: Headings | None = None
        said: dict[str, str] = {}
        for row in rows:
            here = Headings(row.cells)
            if here.has(*_HEADINGS):
                headings = here
                yield _meeting(said)
            elif headings and here.names[0] != "meeting summary":
                yield from _found(Record(row, headings))
            else:
                headings = None
                said[normal(row.cells[0])] = row.cells[1].strip() if len(row.cells) > 1 else ""


def _meeting(said: dict[str, str]) -> MeetingSeen:
    start = said.get("meeting start time", "")
    return MeetingSeen(
        title=name_of(said.get("meeting title", "")),
        start=stamp(start),
        end=stamp(said.get("meeting end time", "")),
        key=f"{said.get('meeting id', '')} {start}",
    )


def _found(record: Record) -> Iterator[Found]:
    yield from record.remarks(times=("join time", "leave time"), role="role")
    # Teams writes no join time for people who stayed in the lobby.
    lobby = not record.text("join time")
    yield Sighting(
        row=evidence(record.row, "joins", record.headings),
        kind=Kind.LOBBY if lobby else Kind.STAY,
        name=name_of(record.text("full name")),
        email=email_of(record.text("email")),
        role=record.role("role"),
        join=record.time("join time"),
        leave=record.time("leave time"),
    )
