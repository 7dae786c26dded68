"""Graph's attendanceReport with its records expanded (G1)."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from webinar.attendance.formats.reading import values
from webinar.attendance.formats.reading.roles import role_of
from webinar.attendance.formats.reading.sighting import (
    Found,
    Kind,
    MeetingSeen,
    Remark,
    Sighting,
    email_of,
    name_of,
)


class Graph:
    """graph-attendance-report."""

    provider = "teams"

    def fits(self, document: object) -> bool:
        """See DocumentLayout."""
        return isinstance(values.mapping(document).get("attendanceRecords"), list)

    def read(self, documents: Iterable[object], page: int) -> Iterator[Found]:
        """See DocumentLayout."""
        number = 0
        for document in documents:
            report = values.mapping(document)
            yield MeetingSeen(
                start=values.time(report, "meetingStartDateTime"),
                end=values.time(report, "meetingEndDateTime"),
                key=values.text(report, "id", "meetingStartDateTime"),
            )
            for record in values.objects(report.get("attendanceRecords")):
                number += 1
                yield from _found(record, page, number)


def _found(record: values.Value, page: int, number: int) -> Iterator[Found]:
    role = values.text(record, "role")
    if role and not role_of(role):
        yield Remark("unknown_role", role)
    stays = values.objects(record.get("attendanceIntervals"))
    # The total may count two devices twice: it stands only where there are no intervals.
    total = values.text(record, "totalAttendanceInSeconds")
    row = values.raw(page, number, "records", record)
    for stay in stays or [{}]:
        join = values.time(stay, "joinDateTime")
        yield Sighting(
            row=row,
            kind=Kind.STAY if join else Kind.LISTED,
            name=name_of(values.text(values.mapping(record.get("identity")), "displayName")),
            email=email_of(values.text(record, "emailAddress")),
            registrant_id=values.text(record, "registrationId") or None,
            role=role_of(role),
            join=join,
            leave=values.time(stay, "leaveDateTime"),
            stated=None if stays or not total.isdigit() else timedelta(seconds=int(total[:9])),
            stranger=values.text(record, "id"),
        )
