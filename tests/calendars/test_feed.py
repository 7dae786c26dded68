"""Feeds: the same bytes for the same events, and one bad event never costs the others."""

from datetime import datetime, timedelta
from random import Random

import icalendar
import pytest

from tests.factories.calendars import series, society, talk, utc
from webinar.calendars.ics.colour import CSS_COLOURS
from webinar.calendars.ics.feed import Calendar, LeftOut, feed, join, stored
from webinar.calendars.ics.unwritable import Unwritable
from webinar.timekeeping.zones import UnknownZone


def uids(body: bytes) -> list[str]:
    return [str(event["UID"]) for event in icalendar.Calendar.from_ical(body).events]


def test_the_header_says_name_zone_refresh_source_page_and_colour() -> None:
    calendar = icalendar.Calendar.from_ical(feed(society(), []).body)
    assert {name: str(calendar[name]) for name in calendar if name != "REFRESH-INTERVAL"} == {
        "VERSION": "2.0",
        "PRODID": "-//webinar//Calendar 1//EN",
        "CALSCALE": "GREGORIAN",
        "NAME": "Nordic Sepsis Society",
        "X-WR-CALNAME": "Nordic Sepsis Society",
        "DESCRIPTION": "All open talks",
        "X-WR-CALDESC": "All open talks",
        "X-WR-TIMEZONE": "Europe/Stockholm",
        "X-PUBLISHED-TTL": "PT1H",
        "SOURCE": "https://webinar.example/f/nss.ics",
        "URL": "https://webinar.example/nss",
        "COLOR": "seagreen",
        "X-APPLE-CALENDAR-COLOR": "#2A6F6B",
    }
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(hours=1)
    assert dict(calendar["REFRESH-INTERVAL"].params) == {"VALUE": "DURATION"}
    assert dict(calendar["SOURCE"].params) == {"VALUE": "URI"}


def test_events_stand_by_start_and_uid_whatever_order_they_come_in() -> None:
    events = [talk(uid=f"t-{n}@x", start_at=utc(2026, 11, 3 + n % 5, 17)) for n in range(40)]
    body = feed(society(), events).body
    assert uids(body) == [f"t-{n}@x" for n in sorted(range(40), key=lambda n: (n % 5, f"t-{n}@x"))]
    for seed in range(5):
        shuffled = list(events)
        Random(seed).shuffle(shuffled)
        assert feed(society(), shuffled).body == body


def test_stored_fragments_join_to_the_same_bytes_as_the_events() -> None:
    events = [
        talk(),
        series(),
        series("America/New_York", uid="s-2@x"),
        talk(uid="t-2@x", zone_name="Asia/Tokyo"),
    ]
    assert join(society(), map(stored, events)) == feed(society(), events)


def test_each_zone_is_described_once_and_for_all_its_years() -> None:
    late = talk(uid="t-9@x", zone_name="Europe/London", start_at=utc(2029, 6, 1, 12))
    body = feed(society(), [series(), late, talk(), series("Asia/Gaza", uid="s-2@x")]).body
    zones = [part for part in icalendar.Calendar.from_ical(body).subcomponents if part.name == "VTIMEZONE"]
    assert [str(part["TZID"]) for part in zones] == ["Asia/Gaza", "Europe/London"]


def test_a_bad_event_is_left_out_and_reported() -> None:
    naive = talk(uid="naive@x", stamp_at=datetime(2026, 11, 3, 17))
    lost = talk(uid="lost@x", zone_name="Europe/Atlantis")
    odd = talk(uid="odd@x", status="MAYBE")
    far = talk(uid="far@x", start_at=utc(9999, 12, 31, 22), zone_name="Asia/Gaza")
    result = feed(society(), [naive, talk(), lost, odd, far, series()])
    assert uids(result.body) == ["s-1@webinar.example", "t-1@webinar.example"]
    assert result.left_out == (
        LeftOut("naive@x", "The time 2026-11-03T17:00:00 has no zone."),
        LeftOut(
            "lost@x", "“Europe/Atlantis” is not a time zone we know. Use an IANA name such as Asia/Kathmandu."
        ),
        LeftOut("odd@x", "'MAYBE' is not a valid Status"),
        LeftOut("far@x", "date value out of range"),
    )


def test_a_second_event_of_one_uid_is_left_out() -> None:
    result = feed(society(), [talk(start_at=utc(2026, 12, 1, 9)), talk()])
    assert uids(result.body) == ["t-1@webinar.example"]
    assert result.left_out == (
        LeftOut("t-1@webinar.example", "An event of the same UID is already in the feed."),
    )


def test_a_hostile_title_does_not_end_the_calendar() -> None:
    body = feed(society(name="A\r\nEND:VCALENDAR\x00", description="a\nb"), [talk()]).body
    assert body.count(b"\r\nEND:VCALENDAR\r\n") == 1
    calendar = icalendar.Calendar.from_ical(body)
    assert (str(calendar["NAME"]), str(calendar["DESCRIPTION"])) == ("A END:VCALENDAR", "a\nb")


@pytest.mark.parametrize(
    "wrong", [{"colour": "blurple"}, {"colour": "red\r\nX:1"}, {"source": "ftp://x"}, {"refresh_minutes": 0}]
)
def test_a_wrong_header_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Unwritable):
        feed(society(**wrong), [])
    with pytest.raises(UnknownZone):
        feed(society(zone_name="Nowhere"), [])


def test_colours_are_css_names_and_the_refresh_time_is_in_hours_and_minutes() -> None:
    assert len(CSS_COLOURS) == 147
    calendar = icalendar.Calendar.from_ical(feed(society(colour="Teal", refresh_minutes=90), []).body)
    assert (str(calendar["COLOR"]), str(calendar["X-APPLE-CALENDAR-COLOR"])) == ("teal", "#008080")
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(minutes=90)
    assert b"COLOR" not in feed(society(colour=""), []).body


def test_a_calendar_may_have_nothing_but_a_name_and_a_zone() -> None:
    bare = icalendar.Calendar.from_ical(feed(Calendar(name="Talks", zone_name="UTC"), []).body)
    assert sorted(bare) == [
        "CALSCALE",
        "NAME",
        "PRODID",
        "REFRESH-INTERVAL",
        "VERSION",
        "X-PUBLISHED-TTL",
        "X-WR-CALNAME",
        "X-WR-TIMEZONE",
    ]
