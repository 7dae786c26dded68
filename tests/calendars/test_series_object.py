"""One event for a whole series: what readers expand is what the person has, whatever was edited."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.calendars import at, invited, talk
from tests.factories.series import shown_times
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.invite import Method, invitation
from webinar.calendars.ics.series import Arrangement, Date, arrangement
from webinar.sessions.rules.rhythm import dates

RULES = st.sampled_from(
    [
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=6", datetime(2026, 10, 6, 18)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=5", datetime(2026, 10, 6, 18)),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=5", datetime(2026, 10, 6, 18)),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=4", datetime(2026, 10, 30, 8)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=6", datetime(2026, 8, 31, 12)),
        ("FREQ=WEEKLY;BYDAY=SU;UNTIL=20261129T120000Z", datetime(2026, 10, 4, 2, 30)),
    ]
)
ZONES = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])
MOVES = st.integers(min_value=-20 * 24, max_value=20 * 24).map(lambda hours: timedelta(hours=hours))
FATES = st.sampled_from(["plain", "plain", "titled", "moved", "dropped"])


def planned(rule: str, start_local: datetime, zone_name: str):
    return dates(rule, start_local, zone_name, 60)


def master(rule: str, start_local: datetime, zone_name: str) -> CalendarEvent:
    start_at = at(zone_name, *start_local.timetuple()[:5])
    return invited(talk(uid="s-1@webinar.example", sequence=7, zone_name=zone_name, start_at=start_at))


def date(number: int, each, zone_name: str, by: timedelta = timedelta(), **changes) -> Date:
    start_at = each.start_at + by
    event = invited(
        talk(uid=f"t-{number}@webinar.example", zone_name=zone_name, start_at=start_at, **changes)
    )
    return Date(number, each.start_local, event, is_plain=not changes)


def expanded(found: Arrangement, told: list[Date]) -> list[tuple[datetime, datetime]]:
    """What a calendar shows that holds the series and the dates that stand alone."""
    objects = [found.series] if found.series else []
    objects += [each.event for each in told if each.session_id in found.alone]
    shown = []
    for event in objects:
        octets = invitation(event, Method.REQUEST)
        assert max(map(len, octets.split(b"\r\n"))) <= 75
        shown += shown_times(icalendar.Calendar.from_ical(octets))
    return sorted(shown)


@settings(max_examples=120, deadline=None)
@given(RULES, ZONES, st.data())
def test_what_readers_expand_is_what_the_person_has(rule_and_start, zone_name, data):
    rule, start_local = rule_and_start
    told, alone = [], set()
    for number, each in enumerate(planned(rule, start_local, zone_name)):
        fate = data.draw(FATES)
        by = data.draw(MOVES) if fate == "moved" else timedelta()
        if fate != "dropped":
            told.append(
                date(number, each, zone_name, by, **({"summary": "Guests"} if fate == "titled" else {}))
            )
        if data.draw(st.booleans()) and data.draw(st.booleans()):
            alone.add(number)
    extra = data.draw(st.booleans())
    if extra:
        event = invited(talk(uid="t-99@webinar.example", start_at=datetime(2026, 10, 9, 9, tzinfo=UTC)))
        told.append(Date(99, None, event))
    found = arrangement(master(rule, start_local, zone_name), rule, start_local, told, alone)
    have = sorted((each.event.start_at, each.event.end_at) for each in told)
    assert expanded(found, told) == have
    assert (99 in found.alone) == extra


WEEKLY = ("FREQ=WEEKLY;BYDAY=TU;COUNT=4", datetime(2026, 10, 6, 18))
LONDON = "Europe/London"


def weekly(*changes: timedelta | None, alone: tuple[int, ...] = ()) -> tuple[Arrangement, list[Date]]:
    """Four Tuesdays; each moved by a time, or not held (None)."""
    told = [
        date(number, each, LONDON, by)
        for number, (each, by) in enumerate(zip(planned(*WEEKLY, LONDON), changes, strict=True))
        if by is not None
    ]
    return arrangement(master(*WEEKLY, LONDON), *WEEKLY, told, alone), told


STAYS, A_DAY, EIGHT_DAYS = timedelta(), timedelta(days=1), timedelta(days=8)


def test_dates_as_planned_need_no_exception():
    found, _told = weekly(STAYS, STAYS, STAYS, STAYS)
    assert (found.series.exdates, found.series.overrides, found.alone) == ((), (), frozenset())


def test_a_moved_date_is_an_override_by_its_original_start_with_the_masters_number():
    found, _told = weekly(STAYS, A_DAY, STAYS, STAYS)
    [override] = found.series.overrides
    assert override.recurs_at == at(LONDON, 2026, 10, 13, 18)
    lines = invitation(found.series, Method.REQUEST).decode().splitlines()
    assert [line for line in lines if line.startswith("SEQUENCE")] == ["SEQUENCE:7"] * 2
    assert "RECURRENCE-ID;TZID=Europe/London:20261013T180000" in lines


def test_a_date_that_is_not_held_is_left_out_by_its_original_start():
    found, _told = weekly(STAYS, None, STAYS, None)
    assert found.series.exdates == (at(LONDON, 2026, 10, 13, 18), at(LONDON, 2026, 10, 27, 18))


def test_a_date_moved_past_its_neighbour_stands_alone():
    found, _told = weekly(EIGHT_DAYS, STAYS, STAYS, STAYS)
    assert (found.alone, found.series.exdates) == (frozenset({0}), (at(LONDON, 2026, 10, 6, 18),))


def test_what_stood_alone_stays_alone_also_when_it_is_moved_back():
    found, _told = weekly(STAYS, STAYS, STAYS, STAYS, alone=(0,))
    assert (found.alone, found.series.exdates) == (frozenset({0}), (at(LONDON, 2026, 10, 6, 18),))


def test_without_a_date_there_is_no_series_but_something_to_withdraw():
    found, _told = weekly(None, None, None, None)
    assert (found.series, found.alone) == (None, frozenset())
    calendar = icalendar.Calendar.from_ical(invitation(found.withdrawn, Method.CANCEL))
    [event] = calendar.walk("VEVENT")
    assert (str(event["STATUS"]), "RECURRENCE-ID" in event, "EXDATE" in event) == ("CANCELLED", False, False)


def test_a_rule_that_readers_expand_differently_leaves_every_date_alone():
    rule, start_local = "FREQ=MONTHLY;BYMONTHDAY=30;COUNT=3", datetime(2026, 9, 30, 18)
    told = [date(number, each, LONDON) for number, each in enumerate(planned(rule, start_local, LONDON))]
    found = arrangement(master(rule, start_local, LONDON), rule, start_local, told)
    assert (found.series, found.alone) == (None, frozenset({0, 1, 2}))
    assert expanded(found, told) == [(each.event.start_at, each.event.end_at) for each in told]


def test_a_series_says_which_one_it_was_split_from():
    found, told = weekly(STAYS, STAYS, STAYS, STAYS)
    later = arrangement(replace(found.withdrawn, rrule=None, related_to="s-0@webinar.example"), *WEEKLY, told)
    assert b"RELATED-TO;RELTYPE=SIBLING:s-0@webinar.example" in invitation(later.series, Method.REQUEST)
