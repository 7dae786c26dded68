"""Zoom administrator's meeting list with details (Z6): meeting and join in one wide row."""

from collections.abc import Iterable, Iterator, Sequence

from webinar.attendance.formats.reading.headings import Headings
from webinar.attendance.formats.reading.sighting import Found
from webinar.attendance.formats.reading.table import Row
from webinar.attendance.formats.zoom.meeting import MeetingTable, is_meeting
from webinar.attendance.formats.zoom.participants import ParticipantTable, heading_fields, lists_joins


class AdminJoins:
    """zoom-admin-joins. User Email and Duration stand twice: the person's count from the name column on."""

    provider = "zoom"

    def fields(self, head: Sequence[Row]) -> int:
        """See TableLayout."""
        return heading_fields(head, _is_wide)

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """See TableLayout."""
        tables: tuple[MeetingTable, ParticipantTable] | None = None
        for row in rows:
            headings = Headings(row.cells)
            if _is_wide(headings):
                tables = MeetingTable.under(headings), ParticipantTable.under(headings)
            elif tables:
                meeting, people = tables
                yield meeting.seen(row)
                yield from people.found(row, meeting.host(row), meeting.dates(row))


def _is_wide(headings: Headings) -> bool:
    return is_meeting(headings) and headings.has("start time") and lists_joins(headings)
