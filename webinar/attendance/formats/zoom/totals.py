"""Zoom's meeting export with one row a person and rounded minutes (Z1, Z3)."""

from collections.abc import Iterable, Iterator, Sequence

from webinar.attendance.formats.reading.sighting import Found
from webinar.attendance.formats.reading.table import Row
from webinar.attendance.formats.zoom.participants import heading_fields, lists_totals, two_tables


class MeetingTotals:
    """zoom-meeting-totals."""

    provider = "zoom"

    def fields(self, head: Sequence[Row]) -> int:
        """See TableLayout."""
        return heading_fields(head, lists_totals)

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """See TableLayout."""
        return two_tables(rows, lists_totals)
