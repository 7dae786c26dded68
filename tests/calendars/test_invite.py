"""Invitations: one object, one method, the zones they need, and nobody but the addressee."""

from dataclasses import replace

import icalendar
import pytest

from tests.factories.calendars import at, invited, series, talk
from webinar.calendars.ics.invite import Method, invitation
from webinar.calendars.ics.unwritable import Unwritable


def read(body: bytes) -> icalendar.Calendar:
    [calendar] = icalendar.Calendar.from_ical(body, multiple=True)
    return calendar


def test_a_request_holds_one_event_from_the_organizer_to_the_attendee() -> None:
    calendar = read(invitation(invited(talk()), Method.REQUEST))
    assert {name: str(calendar[name]) for name in calendar} == {
        "VERSION": "2.0",
        "PRODID": "-//webinar//Calendar 1//EN",
        "CALSCALE": "GREGORIAN",
        "METHOD": "REQUEST",
    }
    [event] = calendar.subcomponents
    assert (event.name, str(event["STATUS"])) == ("VEVENT", "CONFIRMED")
    assert (str(event["ORGANIZER"]), event["ORGANIZER"].params["CN"]) == (
        "mailto:club@society.example",
        "Olga Ødegård",
    )
    assert str(event["ATTENDEE"]) == "mailto:ada@hospital.example"


def test_a_cancel_withdraws_the_whole_series_without_bell_or_question() -> None:
    moved = talk(recurs_at=at("Europe/London", 2026, 11, 3, 18))
    event = invited(series(sequence=5, alarm_minutes=15, overrides=(moved,)))
    calendar = read(invitation(event, Method.CANCEL))
    assert str(calendar["METHOD"]) == "CANCEL"
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    cancelled = calendar.subcomponents[1]
    assert (str(cancelled["STATUS"]), int(cancelled["SEQUENCE"]), cancelled.subcomponents) == (
        "CANCELLED",
        5,
        [],
    )
    assert (cancelled.get("RECURRENCE-ID"), cancelled["ATTENDEE"].params.get("RSVP")) == (None, None)


def test_a_zone_block_stands_before_the_events_exactly_where_a_zone_is_named() -> None:
    assert [part.name for part in read(invitation(invited(talk()), Method.REQUEST)).subcomponents] == [
        "VEVENT"
    ]
    calendar = read(invitation(invited(series()), Method.REQUEST))
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    assert str(calendar.subcomponents[0]["TZID"]) == calendar.subcomponents[1]["DTSTART"].params["TZID"]


def test_an_override_may_hold_the_attendees_own_answer() -> None:
    event = invited(series())
    attendee = event.attendee
    assert attendee is not None
    declined = talk(
        recurs_at=at("Europe/London", 2026, 11, 3, 18), attendee=replace(attendee, partstat="DECLINED")
    )
    calendar = read(invitation(replace(event, overrides=(declined,)), Method.REQUEST))
    answers = [str(event["ATTENDEE"].params["PARTSTAT"]) for event in calendar.events]
    assert answers == ["NEEDS-ACTION", "DECLINED"]


@pytest.mark.parametrize("missing", ["organizer", "attendee"])
def test_an_invitation_needs_both_sides(missing: str) -> None:
    with pytest.raises(Unwritable, match="organizer and an attendee"):
        invitation(replace(invited(talk()), **{missing: None}), Method.REQUEST)


def test_another_method_is_refused() -> None:
    with pytest.raises(ValueError, match="PUBLISH"):
        invitation(invited(talk()), "PUBLISH")  # type: ignore[arg-type]
