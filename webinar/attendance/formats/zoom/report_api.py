"""Zoom's reports API, GET /report/meetings/{id}/participants, page by page (A1)."""

from collections.abc import Iterable, Iterator

from webinar.attendance.formats.reading import values
from webinar.attendance.formats.reading.sighting import Found, Kind, Remark, Sighting, email_of, name_of


class ReportApi:
    """zoom-report-api."""

    provider = "zoom"

    def fits(self, document: object) -> bool:
        """See DocumentLayout."""
        return isinstance(values.mapping(document).get("participants"), list)

    def read(self, documents: Iterable[object], page: int) -> Iterator[Found]:
        """See DocumentLayout."""
        number = 0
        for document in documents:
            for participant in values.objects(values.mapping(document).get("participants")):
                number += 1
                yield from _found(participant, page, number)


def _found(participant: values.Value, page: int, number: int) -> Iterator[Found]:
    for name in ("join_time", "leave_time"):
        if (said := values.text(participant, name)) and not values.time(participant, name):
            yield Remark("unreadable_time", said)
    waiting = values.text(participant, "status") == "in_waiting_room"
    yield Sighting(
        row=values.raw(page, number, "participants", participant),
        kind=Kind.LOBBY if waiting else Kind.STAY,
        # Zoom writes # where the person typed a comma.
        name=name_of(values.text(participant, "name").replace("#", ",")),
        email=email_of(values.text(participant, "user_email")),
        registrant_id=values.text(participant, "registrant_id") or None,
        join=values.time(participant, "join_time"),
        leave=values.time(participant, "leave_time"),
    )
