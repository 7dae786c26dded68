"""Zoom's webhook events, one a line (A2): late, doubled and out of order."""

from collections.abc import Iterable, Iterator

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

_KINDS = {
    "participant_joined": Kind.JOINED,
    "participant_left": Kind.LEFT,
    "participant_joined_waiting_room": Kind.LOBBY,
    "participant_left_waiting_room": Kind.LOBBY,
    # Zoom's older name of the same event.
    "participant_put_in_waiting_room": Kind.LOBBY,
}


class Webhooks:
    """zoom-webhooks."""

    provider = "zoom"

    def fits(self, document: object) -> bool:
        """See DocumentLayout."""
        event = values.mapping(document)
        return values.text(event, "event").startswith(("meeting.", "webinar.")) and "payload" in event

    def read(self, documents: Iterable[object], page: int) -> Iterator[Found]:
        """See DocumentLayout."""
        for number, document in enumerate(documents, start=1):
            event = values.mapping(document)
            topic, _, what = values.text(event, "event").partition(".")
            meeting = values.mapping(values.mapping(event.get("payload")).get("object"))
            if topic in ("meeting", "webinar"):
                yield _meeting(meeting, ended=what == "ended")
            # Breakout rooms repeat joins and are not among the kinds: they add nothing.
            if what in _KINDS:
                yield from _found(event, meeting, _KINDS[what], (page, number))


def _meeting(meeting: values.Value, ended: bool) -> MeetingSeen:
    return MeetingSeen(
        title=name_of(values.text(meeting, "topic")),
        start=values.time(meeting, "start_time"),
        end=values.time(meeting, "end_time") if ended else None,
        key=values.text(meeting, "uuid", "id"),
    )


def _found(event: values.Value, meeting: values.Value, kind: Kind, where: tuple[int, int]) -> Iterator[Found]:
    person = values.mapping(meeting.get("participant"))
    for name in ("join_time", "leave_time"):
        if (said := values.text(person, name)) and not values.time(person, name):
            yield Remark("unreadable_time", said)
    device = values.text(person, "participant_uuid", "user_id", "id")
    key = {
        "event": event.get("event"),
        "event_ts": event.get("event_ts"),
        "uuid": meeting.get("uuid"),
        "participant": person,
    }
    yield Sighting(
        row=values.raw(*where, "events", key),
        kind=kind,
        name=name_of(values.text(person, "user_name")),
        email=email_of(values.text(person, "email")),
        registrant_id=values.text(person, "registrant_id") or None,
        join=values.time(person, "join_time", "date_time"),
        leave=values.time(person, "leave_time") if kind is Kind.LEFT else None,
        pair=f"{values.text(meeting, 'uuid')} {device}",
        stranger=device,
    )
