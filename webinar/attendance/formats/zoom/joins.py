"""Zoom's meeting export with one row a join (Z2, Z4, and Z5: both re-saved by a spreadsheet)."""

from collections.abc import Iterable, Iterator, Sequence

from webinar.attendance.formats.reading.sighting import Found
from webinar.attendance.formats.reading.table import Row
from webinar.attendance.formats.zoom.participants import heading_fields, lists_joins, two_tables


class MeetingJoins:
    """zoom-meeting-joins."""

    provider = "zoom"

    def fields(self, head: Sequence[Row]) -> int:
        """See TableLayout."""
        return heading_fields(head, lists_joins)

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """See TableLayout."""
        return two_tables(rows, lists_joins)
