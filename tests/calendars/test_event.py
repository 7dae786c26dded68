"""Events: all that is written is read back by icalendar, value by value; a wrong event is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.factories.calendars import ADA, HOSTILE, OLGA, at, invited, series, society, talk, utc
from webinar.calendars.ics.event import Attendee, CalendarEvent, Organizer, PartStat, Status
from webinar.calendars.ics.feed import feed
from webinar.calendars.ics.fragment import ZoneYears, fragment, vevents, zone_years
from webinar.calendars.ics.invite import Method, invitation
from webinar.calendars.ics.unwritable import Unwritable
from webinar.plaintext import clean_text, one_line
from webinar.timekeeping.zones import UnknownZone, zone


def read(octets: bytes) -> icalendar.Event:
    return icalendar.Event.from_ical(octets)


def starts(body: bytes, until_year: int = 2030) -> list[datetime]:
    """Every occurrence of a calendar file in UTC, as the reference expander reads it."""
    calendar = icalendar.Calendar.from_ical(body)
    found = recurring_ical_events.of(calendar).between(date(2020, 1, 1), date(until_year, 1, 1))
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in found)


def test_each_property_is_read_back_with_its_type() -> None:
    event = talk(
        sequence=3,
        description="Bring questions; slides, too.\n\nSecond paragraph",
        location="Hall B, Vienna",
        url="https://webinar.example/s/1",
        join_url="https://webinar.example/j/abc?x=1,2;3",
        status=Status.TENTATIVE,
        alarm_minutes=15,
        categories=("Sepsis", "Intensive care, adults"),
        related_to="t-0@webinar.example",
    )
    got = read(fragment(event))
    assert got.errors == []
    assert {
        name: got.decoded(name) for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND")
    } == {
        "DTSTAMP": event.stamp_at,
        "CREATED": event.created_at,
        "LAST-MODIFIED": event.modified_at,
        "DTSTART": event.start_at,
        "DTEND": event.end_at,
    }
    assert (str(got["UID"]), int(got["SEQUENCE"])) == ("t-1@webinar.example", 3)
    assert str(got["SUMMARY"]) == "Sepsis bundles revisited"
    assert str(got["DESCRIPTION"]) == f"{event.description}\n\n{event.join_url}"
    assert str(got["LOCATION"]) == f"Hall B, Vienna – {event.join_url}"
    assert str(got["URL"]) == event.url
    assert str(got["CONFERENCE"]) == event.join_url
    assert dict(got["CONFERENCE"].params) == {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": "Join"}
    assert [str(category) for category in got["CATEGORIES"].cats] == list(event.categories)
    assert (str(got["STATUS"]), str(got["TRANSP"])) == ("TENTATIVE", "OPAQUE")
    assert str(got["X-MICROSOFT-CDO-BUSYSTATUS"]) == "TENTATIVE"
    assert (str(got["RELATED-TO"]), dict(got["RELATED-TO"].params)) == (
        "t-0@webinar.example",
        {"RELTYPE": "SIBLING"},
    )
    [alarm] = got.subcomponents
    assert (alarm.name, str(alarm["ACTION"]), alarm.decoded("TRIGGER")) == (
        "VALARM",
        "DISPLAY",
        timedelta(minutes=-15),
    )


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, st.lists(HOSTILE, max_size=3))
@example("=" * 10_000, "\r\nEND:VCALENDAR\r\n", "\u2028", "\x00", ["a,b", "c;d"])
def test_hostile_text_stays_in_its_property(
    summary: str, description: str, location: str, name: str, categories: list[str]
) -> None:
    event = talk(
        summary=summary,
        description=f"x{description}",
        location=location,
        categories=tuple(categories),
        organizer=Organizer("club@society.example", name),
        attendee=Attendee("ada@hospital.example", name),
    )
    body = invitation(event, Method.REQUEST)
    assert body.replace(b"\r\n", b"").count(b"\n") + body.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(map(len, body.split(b"\r\n"))) <= 75
    [got] = icalendar.Calendar.from_ical(body).subcomponents
    assert str(got["SUMMARY"]) == one_line(summary)
    assert len(str(got["DESCRIPTION"])) <= len(clean_text(f"x{description}"))
    assert str(got.get("LOCATION", "")) == one_line(location)
    assert got["ATTENDEE"].params.get("CN", "") == one_line(name.replace("\\", "/").replace('"', "'"))
    assert {key for key, _ in got.property_items(recursive=False)} <= ALL_NAMES


ALL_NAMES = {
    *(
        "BEGIN",
        "END",
        "UID",
        "DTSTAMP",
        "CREATED",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "SUMMARY",
    ),
    *("DESCRIPTION", "LOCATION", "CATEGORIES", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"),
    *("ORGANIZER", "ATTENDEE"),
}


def test_a_talk_is_in_utc_unless_a_zone_is_asked_for() -> None:
    start = at("America/New_York", 2026, 11, 3, 12)
    assert b"DTSTART:20261103T170000Z\r\nDTEND:20261103T180000Z\r\n" in fragment(talk(start_at=start))
    local = talk(start_at=start, zone_name="America/New_York")
    assert b"DTSTART;TZID=America/New_York:20261103T120000\r\n" in fragment(local)
    assert zone_years(local) == ZoneYears("America/New_York", 2026, 2026)
    assert zone_years(talk()) is None


def test_an_old_zone_name_is_written_as_the_current_one() -> None:
    octets = fragment(series("Europe/Kiev"))
    assert b"DTSTART;TZID=Europe/Kyiv:20261006T180000\r\n" in octets
    assert zone_years(series("Europe/Kiev")) == ZoneYears("Europe/Kyiv", 2026, 2027)
    for name in ("UTC", "Zulu", "Etc/UTC", "Etc/UCT"):
        assert zone_years(talk(zone_name=name)) is None


def test_a_talk_that_touches_the_second_hour_of_a_fold_is_written_in_utc() -> None:
    second = utc(2026, 10, 25, 1, 30)  # 01:30 GMT, after 01:30 BST
    assert b"DTSTART:20261025T013000Z" in fragment(talk(start_at=second, zone_name="Europe/London"))
    first = talk(start_at=utc(2026, 10, 25, 0, 30), zone_name="Europe/London")
    assert b"DTSTART:20261025T003000Z" in fragment(first)


@pytest.mark.parametrize("zone_name", ["Europe/London", "America/Santiago", "Asia/Kathmandu", "Africa/Cairo"])
def test_a_series_keeps_its_wall_time_over_the_change(zone_name: str) -> None:
    weekly = feed(society(), [series(zone_name)])
    assert weekly.left_out == ()
    assert starts(weekly.body) == [wall_time(zone_name, week) for week in range(6)]


def wall_time(zone_name: str, week: int) -> datetime:
    local = datetime(2026, 10, 6, 18, tzinfo=zone(zone_name)) + timedelta(weeks=week)
    return local.astimezone(UTC)


def test_a_dropped_and_a_moved_session_are_read_back_as_such() -> None:
    moved = talk(
        recurs_at=at("Europe/London", 2026, 11, 3, 18), start_at=at("Europe/London", 2026, 11, 4, 12)
    )
    dropped = at("Europe/London", 2026, 10, 27, 18)
    body = invitation(invited(series(exdates=(dropped,), overrides=(moved,), sequence=4)), Method.REQUEST)
    assert b"EXDATE;TZID=Europe/London:20261027T180000\r\n" in body
    assert b"RECURRENCE-ID;TZID=Europe/London:20261103T180000\r\n" in body
    assert starts(body) == [
        at("Europe/London", 2026, 10, 6, 18),
        at("Europe/London", 2026, 10, 13, 18),
        at("Europe/London", 2026, 10, 20, 18),
        at("Europe/London", 2026, 11, 4, 12),
        at("Europe/London", 2026, 11, 10, 18),
    ]
    events = icalendar.Calendar.from_ical(body).events
    assert [(str(e["UID"]), int(e["SEQUENCE"]), str(e["ATTENDEE"])) for e in events] == [
        ("s-1@webinar.example", 4, "mailto:ada@hospital.example"),
        ("s-1@webinar.example", 4, "mailto:ada@hospital.example"),
    ]


def test_a_session_inside_a_gap_is_named_by_the_wall_time_that_was_skipped() -> None:
    nightly = series(
        "America/New_York",
        start_at=at("America/New_York", 2026, 3, 1, 2, 30),
        rrule="FREQ=WEEKLY;COUNT=3;BYDAY=SU",
        exdates=(utc(2026, 3, 8, 7, 30),),
    )
    assert b"EXDATE;TZID=America/New_York:20260308T023000\r\n" in fragment(nightly)


def test_the_zone_block_reaches_to_the_end_of_the_series() -> None:
    assert zone_years(series()) == ZoneYears("Europe/London", 2026, 2027)
    assert zone_years(series(rrule="FREQ=WEEKLY;UNTIL=20300101T180000Z")) == ZoneYears(
        "Europe/London", 2026, 2031
    )
    assert zone_years(series(rrule="FREQ=WEEKLY")) == ZoneYears("Europe/London", 2026, 2046)


PORTABLE = [
    "FREQ=DAILY;COUNT=40",
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=10",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=9",
    "FREQ=WEEKLY;UNTIL=20270302T180000Z",
    "FREQ=MONTHLY;COUNT=20",
    "FREQ=MONTHLY;BYMONTHDAY=6;COUNT=20",
    "FREQ=MONTHLY;BYDAY=1TU;COUNT=20",
    "FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=1;COUNT=3",
    "FREQ=YEARLY;BYMONTH=10;BYDAY=1TU;COUNT=3",
    "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=6;COUNT=3",
]


@pytest.mark.parametrize("rrule", PORTABLE)
def test_each_portable_rule_is_written_and_its_zone_block_covers_every_session(rrule: str) -> None:
    body = feed(society(), [series("America/Santiago", rrule=rrule)])
    assert body.left_out == ()
    found = starts(body.body, 2040)
    assert {start.astimezone(zone("America/Santiago")).hour for start in found} == {18}
    years = zone_years(series("America/Santiago", rrule=rrule))
    assert years is not None
    assert found[0] == at("America/Santiago", 2026, 10, 6, 18)
    assert found[-1].year <= years.last_year


@pytest.mark.parametrize(
    "rrule",
    [
        "",
        "WEEKLY",
        "COUNT=2;FREQ=WEEKLY",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20270101T000000Z",
        "FREQ=WEEKLY;UNTIL=20270101",
        "FREQ=WEEKLY;UNTIL=20260101T000000Z",
        "FREQ=WEEKLY;COUNT=2;COUNT=3",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;BYDAY=WE",
        "FREQ=WEEKLY;BYDAY=TU\r\nX-EVIL:1",
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=6;BYDAY=1TU",
        "FREQ=MONTHLY;BYMONTH=10",
        "FREQ=YEARLY;BYDAY=1TU",
        "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=6",
        "FREQ=YEARLY;BYWEEKNO=41",
    ],
)
def test_a_rule_that_readers_expand_differently_is_refused(rrule: str) -> None:
    with pytest.raises(Unwritable):
        fragment(series(rrule=rrule or "FREQ"))


def test_a_monthly_rule_on_a_day_that_some_months_lack_is_refused() -> None:
    with pytest.raises(Unwritable, match="not a day of the rule"):
        fragment(series(start_at=at("Europe/London", 2026, 10, 31, 18), rrule="FREQ=MONTHLY;COUNT=3"))


WRONG: list[tuple[str, CalendarEvent]] = [
    ("a naive start", talk(start_at=datetime(2026, 11, 3, 17))),
    ("a naive stamp", talk(stamp_at=datetime(2026, 11, 3, 17))),
    ("an end at the start", talk(end_at=utc(2026, 11, 3, 17))),
    ("an end before the start", talk(end_at=utc(2026, 11, 3, 16))),
    ("no UID", talk(uid="")),
    ("a long UID", talk(uid="u" * 256)),
    ("a UID with a line break", talk(uid="a\r\nSUMMARY:b")),
    ("a negative SEQUENCE", talk(sequence=-1)),
    ("a script as page", talk(url="javascript:alert(1)")),
    ("a line break in the page", talk(url="https://webinar.example/\r\nX-EVIL:1")),
    ("a join link without host", talk(join_url="https:///j")),
    ("a reminder years before", talk(alarm_minutes=10**6)),
    ("a reminder after the start", talk(alarm_minutes=-5)),
    ("a series without zone", replace(series(), zone_name=None)),
    ("a dropped session of one talk", talk(exdates=(utc(2026, 11, 3, 17),))),
    ("a talk that replaces a session of nothing", talk(recurs_at=utc(2026, 11, 3, 17))),
    (
        "a session replaced in one talk",
        talk(zone_name="UTC", overrides=(talk(recurs_at=utc(2026, 11, 3, 17)),)),
    ),
    ("an override of no session", series(overrides=(talk(),))),
    (
        "an override that is a series",
        series(overrides=(series(recurs_at=at("Europe/London", 2026, 11, 3, 18)),)),
    ),
    ("two overrides of one session", series(overrides=(talk(recurs_at=utc(2026, 11, 3, 18)),) * 2)),
    (
        "a series in the second hour of a fold",
        series(start_at=utc(2026, 10, 25, 1, 30), rrule="FREQ=DAILY;COUNT=2"),
    ),
    ("an organizer who is no address", talk(organizer=Organizer("club"), attendee=ADA)),
    ("two addresses in one", talk(organizer=OLGA, attendee=Attendee("a@b.example,c@d.example"))),
]


@pytest.mark.parametrize("event", [event for _, event in WRONG], ids=[name for name, _ in WRONG])
def test_a_wrong_event_is_refused(event: CalendarEvent) -> None:
    with pytest.raises(Unwritable):
        vevents(event)


def test_a_session_moved_into_the_second_hour_of_a_fold_is_written_in_utc() -> None:
    moved = talk(recurs_at=at("Europe/London", 2026, 10, 27, 18), start_at=utc(2026, 10, 25, 1, 30))
    octets = fragment(series(overrides=(moved,)))
    assert b"DTSTART:20261025T013000Z\r\nDTEND:20261025T023000Z\r\nRECURRENCE-ID;TZID=Europe/London" in octets


def test_a_year_too_far_away_for_zone_rules_is_refused() -> None:
    with pytest.raises(Unwritable, match="too far away"):
        zone_years(talk(start_at=utc(3026, 11, 3, 17), zone_name="Asia/Gaza"))


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZone):
        fragment(talk(zone_name="Europe/Atlantis"))


def test_addresses_outside_ascii_are_encoded() -> None:
    got = read(fragment(talk(join_url="https://müller.example/räume/1?q=ä b", url="http://[::1]:8000/x")))
    assert str(got["CONFERENCE"]) == "https://xn--mller-kva.example/r%C3%A4ume/1?q=%C3%A4%20b"
    assert str(got["URL"]) == "http://[::1]:8000/x"


def test_a_join_link_that_already_stands_on_a_line_is_not_repeated() -> None:
    link = "https://webinar.example/j/abc"
    assert (
        str(read(fragment(talk(join_url=link, description=f"Join:\n{link}")))["DESCRIPTION"])
        == f"Join:\n{link}"
    )
    assert str(read(fragment(talk(join_url=link)))["LOCATION"]) == link


def test_a_feed_fragment_names_nobody() -> None:
    octets = fragment(invited(series(overrides=(invited(talk(recurs_at=utc(2026, 11, 3, 18))),))))
    assert (octets.count(b"ATTENDEE"), octets.count(b"ORGANIZER"), octets.count(b"mailto:")) == (0, 0, 0)


def test_a_cancelled_event_takes_no_time_and_rings_no_bell() -> None:
    got = read(fragment(talk(status=Status.CANCELLED, alarm_minutes=15)))
    assert (str(got["STATUS"]), str(got["TRANSP"]), got.subcomponents) == ("CANCELLED", "TRANSPARENT", [])
    assert str(got["X-MICROSOFT-CDO-BUSYSTATUS"]) == "FREE"


def test_every_answer_we_may_hold_is_written() -> None:
    for answer in PartStat:
        got = read(vevents(talk(organizer=OLGA, attendee=Attendee("ada@hospital.example", "Ada", answer))))
        assert dict(got["ATTENDEE"].params) == {
            "CUTYPE": "INDIVIDUAL",
            "ROLE": "REQ-PARTICIPANT",
            "PARTSTAT": answer.value,
            "RSVP": "TRUE",
            "CN": "Ada",
        }


def test_a_session_that_no_wall_time_names_cannot_be_dropped() -> None:
    late = series(
        start_at=utc(2026, 10, 4, 0, 30), rrule="FREQ=WEEKLY;COUNT=6", exdates=(utc(2026, 10, 25, 1, 40),)
    )
    with pytest.raises(Unwritable, match="exists twice"):
        fragment(late)


def test_an_original_start_at_another_hour_is_named_by_its_own_wall_time() -> None:
    octets = fragment(series(exdates=(at("Europe/London", 2026, 10, 13, 9),)))
    assert b"EXDATE;TZID=Europe/London:20261013T090000\r\n" in octets


def test_a_series_in_utc_names_its_sessions_in_utc() -> None:
    octets = fragment(series("UTC", exdates=(utc(2026, 10, 13, 18),)))
    assert b"DTSTART:20261006T180000Z\r\n" in octets
    assert b"EXDATE:20261013T180000Z\r\n" in octets


def test_a_host_that_cannot_be_encoded_is_refused() -> None:
    for url in ["https://ä..example/", "https://[ä/x", "https://" + "ä" * 70 + ".example/"]:
        with pytest.raises(Unwritable, match="not a web address"):
            fragment(talk(url=url))
