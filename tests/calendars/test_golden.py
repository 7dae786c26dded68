"""Golden files: the bytes of eight oddities, unchanged until somebody means to change them."""

from pathlib import Path

import icalendar
import pytest

from tests.factories.calendars import at, invited, series, society, talk, utc
from webinar.calendars.ics.event import Attendee, CalendarEvent, Organizer, Status
from webinar.calendars.ics.feed import feed
from webinar.calendars.ics.invite import Method, invitation

GOLDEN = Path(__file__).parents[1] / "golden" / "ics"
LINK = "https://webinar.example/j/abc"


def moved_and_dropped(**changes: object) -> CalendarEvent:
    moved = talk(
        recurs_at=at("Europe/London", 2026, 11, 3, 18),
        start_at=at("Europe/London", 2026, 11, 4, 12),
        summary="Journal club (moved to noon)",
    )
    dropped = at("Europe/London", 2026, 10, 27, 18)
    return invited(series(sequence=2, overrides=(moved,), exdates=(dropped,), join_url=LINK, **changes))


def hostile_text() -> CalendarEvent:
    return talk(
        summary="Fold me inside 漢字 or 👩‍🔬 and I break: " + "漢👩‍🔬" * 9,
        description="C:\\notes\\new; a, b\r\nEND:VEVENT\r\n" + "\\" * 90 + "\u2028\x00\x07\n\u0303lone mark",
        location="عيادة القلب‏, غرفة 5; e\u0301tage",
        categories=("a,b", "c;d", "e\\f"),
    )


def named_with_signs() -> CalendarEvent:
    return talk(
        organizer=Organizer("club@society.example", 'Olga "Ollie" Ødegård; Chair: ICU'),
        attendee=Attendee("ada+talks@hospital.example", "Nwosu, Ada ^ MD\\PhD"),
        alarm_minutes=15,
    )


CASES = {
    "series_over_the_change_with_a_moved_and_a_dropped_session": invitation(
        moved_and_dropped(alarm_minutes=15), Method.REQUEST
    ),
    "series_withdrawn_from_one_attendee": invitation(moved_and_dropped(), Method.CANCEL),
    "text_that_breaks_folding_and_escaping": feed(society(), [hostile_text()]).body,
    "names_with_quotes_commas_and_carets": invitation(named_with_signs(), Method.REQUEST),
    "zone_with_negative_summer_time": invitation(invited(series("Europe/Dublin")), Method.REQUEST),
    "zone_whose_law_changes_inside_the_series": invitation(
        invited(series("America/Vancouver")), Method.REQUEST
    ),
    "zone_that_changes_the_evening_before_sunday": invitation(
        invited(series("America/Nuuk")), Method.REQUEST
    ),
    "feed_with_two_zones_and_a_cancelled_talk": feed(
        society(),
        [
            talk(status=Status.CANCELLED, sequence=1, summary="Cancelled: Sepsis bundles revisited"),
            talk(uid="t-2@webinar.example", zone_name="Asia/Kathmandu", url="https://webinar.example/s/2"),
            series("America/New_York", join_url=LINK),
            talk(uid="t-3@webinar.example", start_at=utc(2026, 11, 1, 6, 30), zone_name="America/New_York"),
        ],
    ).body,
}


@pytest.mark.parametrize("name", CASES)
def test_the_bytes_are_those_of_the_golden_file(name: str) -> None:
    assert CASES[name] == (GOLDEN / f"{name}.ics").read_bytes()


def test_each_golden_file_has_its_case() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.ics")) == sorted(CASES)


@pytest.mark.parametrize("name", CASES)
def test_each_golden_file_is_read_without_an_error(name: str) -> None:
    octets = (GOLDEN / f"{name}.ics").read_bytes()
    [calendar] = icalendar.Calendar.from_ical(octets, multiple=True)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    assert max(map(len, octets.split(b"\r\n"))) <= 75
    assert octets.count(b"\n") == octets.count(b"\r") == octets.count(b"\r\n")
