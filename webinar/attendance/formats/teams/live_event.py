"""Teams' live event report (T8): a row an event in UTC, cut to the minute, paired by Session Id."""

from collections.abc import Iterator
from typing import ClassVar

from webinar.attendance.formats.reading.rows import Record
from webinar.attendance.formats.reading.sighting import Kind, Remark, Sighting, email_of, evidence, name_of
from webinar.attendance.formats.teams.events import EventTable


class LiveEvent(EventTable):
    """teams-live-event."""

    headings = ("session id", "participant id", "utc event timestamp", "action")
    action = "action"
    actions: ClassVar = {"joined": Kind.JOINED, "left": Kind.LEFT}

    def remarks(self, record: Record) -> Iterator[Remark]:
        """See EventTable."""
        return record.remarks(times=("utc event timestamp",), role="role")

    def sighting(self, record: Record, kind: Kind) -> Sighting:
        """See EventTable."""
        at, person = record.time("utc event timestamp"), record.text("participant id")
        return Sighting(
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
