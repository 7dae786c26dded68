"""Teams' attendance list of 2020 and 2021 (T0): a row an event, the name the only identity."""

from collections.abc import Iterator
from typing import ClassVar

from webinar.attendance.formats.reading.people import folded
from webinar.attendance.formats.reading.rows import Record
from webinar.attendance.formats.reading.sighting import Kind, Remark, Sighting, evidence, name_of
from webinar.attendance.formats.teams.events import EventTable


class JoinLeft(EventTable):
    """teams-join-left."""

    headings = ("full name", "user action", "timestamp")
    action = "user action"
    actions: ClassVar = {"joined": Kind.JOINED, "joined before": Kind.JOINED, "left": Kind.LEFT}

    def remarks(self, record: Record) -> Iterator[Remark]:
        """See EventTable."""
        return record.remarks(times=("timestamp",))

    def sighting(self, record: Record, kind: Kind) -> Sighting:
        """See EventTable."""
        name, at = name_of(record.text("full name")), record.time("timestamp")
        return Sighting(
            row=evidence(record.row, "list", record.headings),
            kind=kind,
            name=name,
            join=None if kind is Kind.LEFT else at,
            leave=at if kind is Kind.LEFT else None,
            pair=folded(name or ""),
        )
