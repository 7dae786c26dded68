"""Rules and series for services and the editor: bounded, told about clock changes, alike everywhere."""

from datetime import datetime, timedelta
from itertools import islice

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from webinar.timekeeping import zones
from webinar.timekeeping.recurrence.editor import editor_rule
from webinar.timekeeping.recurrence.rule import parse_rule, rule_text
from webinar.timekeeping.recurrence.series import Recurrence, occurrences
from webinar.timekeeping.recurrence.steps import step_dates
from webinar.timekeeping.recurrence.values import Length, RecurrenceRefused
from webinar.timekeeping.wall import Gap, local_of, resolve

HOUR = Length(exact=timedelta(hours=1))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def series(zone_name: str, start: str, rule: str) -> Recurrence:
    return Recurrence(start_local=at(start), zone_name=zone_name, length=HOUR, rule=parse_rule(rule))


def test_a_series_keeps_its_wall_time_and_tells_which_dates_a_clock_change_touched():
    found = occurrences(series("America/New_York", "2026-03-07T02:30", "FREQ=DAILY;COUNT=3"))
    assert [each.start_at for each in found.occurrences] == [
        at("2026-03-07T07:30Z"),
        at("2026-03-08T07:30Z"),
        at("2026-03-09T06:30Z"),
    ]
    assert [type(each.doubt) for each in found.occurrences] == [type(None), Gap, type(None)]
    assert (found.complete, found.outside) == (True, False)


def test_an_endless_series_gives_what_was_asked_for_and_says_that_there_is_more():
    weekly = series("Europe/London", "2026-10-13T18:00", "FREQ=WEEKLY")
    found = occurrences(weekly, limit=2)
    assert [each.start_local for each in found.occurrences] == [
        at("2026-10-13T18:00"),
        at("2026-10-20T18:00"),
    ]
    assert not found.complete
    until = occurrences(weekly, until_at=at("2026-10-27T18:00Z"))
    assert [each.start_at for each in until.occurrences][-1] == at("2026-10-27T18:00Z")
    assert until.complete


def test_a_limit_out_of_bounds_is_refused():
    with pytest.raises(ValueError, match="A limit lies between 1 and 10000"):
        occurrences(series("Europe/London", "2026-10-13T18:00", "FREQ=DAILY"), limit=10_001)


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        ("FREQ=DAILY;INTERVAL=2;COUNT=5", "2026-10-13T18:00"),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=5", "2026-10-13T18:00"),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=5", "2026-10-13T18:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=5", "2026-10-31T18:00"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=5", "2026-10-30T18:00"),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=2TU;UNTIL=20301231", "2026-10-13T18:00"),
    ],
)
def test_the_editor_takes_rules_that_every_calendar_program_reads_alike(rule, start):
    assert editor_rule(rule, at(start)) == parse_rule(rule)


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        ("FREQ=DAILY", "2026-10-13T18:00"),
        ("FREQ=HOURLY;COUNT=2", "2026-10-13T18:00"),
        ("FREQ=DAILY;BYHOUR=9,18;COUNT=2", "2026-10-13T18:00"),
        ("FREQ=MONTHLY;COUNT=3", "2026-10-30T18:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=13,14;BYSETPOS=1;COUNT=3", "2026-10-13T18:00"),
        ("FREQ=YEARLY;BYWEEKNO=42;COUNT=3", "2026-10-13T18:00"),
        ("FREQ=YEARLY;BYYEARDAY=1;COUNT=3", "2026-01-01T18:00"),
        ("FREQ=YEARLY;COUNT=3", "2028-02-29T18:00"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-10-13T18:00"),
    ],
)
def test_the_editor_refuses_what_programs_disagree_on_or_what_misses_its_own_start(rule, start):
    with pytest.raises(RecurrenceRefused):
        editor_rule(rule, at(start))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("freq=weekly;until=20261103;byday=tu", "FREQ=WEEKLY;UNTIL=20261103T235959Z;BYDAY=TU"),
        ("FREQ=WEEKLY;UNTIL=20260602T180000", "FREQ=WEEKLY;UNTIL=20260602T170000Z"),
        ("RRULE:FREQ=MONTHLY;BYDAY=+2TU,-1FR;COUNT=4;WKST=SU", "FREQ=MONTHLY;COUNT=4;BYDAY=2TU,-1FR;WKST=SU"),
    ],
)
def test_a_rule_is_written_in_one_order_with_until_in_utc(text, written):
    assert rule_text(parse_rule(text), "Europe/London") == written


@given(
    st.sampled_from(zones.pickable()),
    st.datetimes(min_value=at("2026-01-01"), max_value=at("2028-01-01")).map(
        lambda each: each.replace(microsecond=0)
    ),
)
def test_a_year_of_weeks_keeps_the_wall_time_in_every_zone(zone_name, start):
    weekly = Recurrence(
        start_local=start, zone_name=zone_name, length=HOUR, rule=parse_rule("FREQ=WEEKLY;COUNT=53")
    )
    found = occurrences(weekly).occurrences
    assert [each.start_local for each in found] == [start + timedelta(weeks=week) for week in range(53)]
    for each in found:
        assert each.end_at - each.start_at == timedelta(hours=1)
        kept = local_of(each.start_at, zone_name) == each.start_local
        assert kept != isinstance(resolve(each.start_local, zone_name), Gap)


parts = st.tuples(
    st.sampled_from(["DAILY", "HOURLY", "MINUTELY"]),
    st.integers(1, 5),
    st.sampled_from(["", ";BYMONTH=3,10", ";BYMONTHDAY=1,-1,13", ";BYDAY=MO,FR", ";BYDAY=FR;BYMONTHDAY=13"]),
    st.sampled_from(["", ";BYHOUR=9,17", ";BYMINUTE=0,30"]),
    st.sampled_from(["", ";BYSETPOS=1", ";BYSETPOS=-1"]),
)


@given(parts)
def test_stepping_agrees_with_an_independent_engine(chosen):
    freq, interval, days, times, position = chosen
    position = position if days or times else ""
    text = f"FREQ={freq};INTERVAL={interval}{days}{times}{position}"
    start, last = at("2026-02-27T09:30"), at("2026-04-30T00:00")
    try:
        expected = list(islice(rrule.rrulestr(text, dtstart=start), 40))
    except ValueError:  # dateutil refuses steps that can never meet the hours
        expected = []
    expected = [each for each in expected if each <= last]
    assert list(islice(step_dates(parse_rule(text), start, last), 40)) == expected
