"""BigBlueButton's analytics callback (B1): joins and leaves are two lists, matched by depth."""

from collections.abc import Iterable, Iterator

from webinar.attendance.format import Role
from webinar.attendance.formats.reading import values
from webinar.attendance.formats.reading.sighting import (
    Found,
    Kind,
    MeetingSeen,
    Remark,
    Sighting,
    email_of,
    name_of,
)


class Analytics:
    """bbb-analytics."""

    provider = "bigbluebutton"

    def fits(self, document: object) -> bool:
        """See DocumentLayout."""
        return isinstance(values.mapping(values.mapping(document).get("data")).get("attendees"), list)

    def read(self, documents: Iterable[object], page: int) -> Iterator[Found]:
        """See DocumentLayout."""
        number = 0
        for document in documents:
            callback = values.mapping(document)
            data = values.mapping(callback.get("data"))
            meeting = values.text(callback, "internal_meeting_id", "meeting_id")
            yield _meeting(data, meeting)
            for attendee in values.objects(data.get("attendees")):
                number += 1
                yield from _found(attendee, meeting, (page, number))


def _meeting(data: values.Value, key: str) -> MeetingSeen:
    return MeetingSeen(
        title=name_of(values.text(values.mapping(data.get("metadata")), "meeting_name")),
        start=values.time(data, "start"),
        end=values.time(data, "finish"),
        key=key,
    )


def _found(attendee: values.Value, meeting: str, where: tuple[int, int]) -> Iterator[Found]:
    row = values.raw(*where, "attendees", attendee)
    person = values.text(attendee, "ext_user_id")

    def seen(kind: Kind, at: object) -> Sighting:
        stamp = values.time({"at": at}, "at")
        return Sighting(
            row=row,
            kind=kind,
            name=name_of(values.text(attendee, "name")),
            email=email_of(values.text(attendee, "email")),
            registrant_id=person or None,
            role=Role.HOST if attendee.get("moderator") is True else Role.ATTENDEE,
            join=None if kind is Kind.LEFT else stamp,
            leave=stamp if kind is Kind.LEFT else None,
            pair=f"{meeting} {person or where}",
        )

    joins, leaves = values.items(attendee.get("joins")), values.items(attendee.get("leaves"))
    for at in (*joins, *leaves):
        if not values.time({"at": at}, "at"):
            yield Remark("unreadable_time", str(at)[:40])
    yield from (seen(Kind.JOINED, at) for at in joins)
    yield from (seen(Kind.LEFT, at) for at in leaves)
    if not joins and not leaves:
        yield seen(Kind.LISTED, None)
