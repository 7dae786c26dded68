"""Burden: what an hour costs, and that it agrees with the bands that people see."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.scheduling.rules.burden import DEEP_NIGHT, EDGE, NIGHT, NONE, burden, burden_at, burdens
from webinar.scheduling.rules.regions import COUNTRIES, ELSEWHERE, REGIONS, region_of
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Band, judge
from webinar.timekeeping.zones import pickable

ZONES = pickable()
BURDENS = {Band.DAY: {NONE}, Band.EDGE: {EDGE}, Band.NIGHT: {NIGHT, DEEP_NIGHT}}


@pytest.mark.parametrize(
    ("clock", "minutes", "expected"),
    [
        ("08:00", 60, NONE),
        ("20:00", 60, NONE),
        ("20:15", 60, EDGE),
        ("07:00", 60, EDGE),
        ("22:00", 60, EDGE),
        ("22:15", 60, NIGHT),
        ("23:45", 75, NIGHT),
        ("00:15", 60, DEEP_NIGHT),
        ("04:45", 60, DEEP_NIGHT),
        ("05:00", 60, NIGHT),
        ("06:30", 60, NIGHT),
        ("22:00", 240, DEEP_NIGHT),
    ],
)
def test_an_hour_has_its_burden(clock, minutes, expected):
    hour, minute = map(int, clock.split(":"))
    assert burden(hour * 60 + minute, minutes) == expected


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    st.integers(5, 180),
)
def test_the_burden_says_night_where_the_band_does(zone_name, start_at, minutes):
    start_at = start_at.replace(second=0, microsecond=0)
    start_local = local_of(start_at, zone_name)
    band = judge(start_local, start_local + timedelta(minutes=minutes))[1]
    assert burden_at(start_at, minutes, zone_name) in BURDENS[band]


@given(st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_week_of_starts_costs_what_each_alone_does(zone_name, day):
    monday = datetime(day.year, day.month, day.day, tzinfo=UTC)
    starts = [monday + timedelta(hours=hour) for hour in range(0, 168, 5)]
    assert [cost for (cost,) in burdens(starts, 60, (zone_name,))] == [
        burden_at(at, 60, zone_name) for at in starts
    ]


def test_no_starts_cost_nothing():
    assert burdens((), 60, ("Asia/Kathmandu",)) == []


def test_nobody_carries_nothing():
    assert burdens((datetime(2026, 10, 14, tzinfo=UTC),), 60, ()) == [()]


def test_every_zone_with_a_place_has_a_region():
    assert {name for name in ZONES if region_of(name) == ELSEWHERE} == {"Etc/UTC"}


def test_a_country_stands_in_one_region_only():
    codes = [code for codes in COUNTRIES.values() for code in codes.split()]
    assert len(codes) == len(set(codes))
    assert [*COUNTRIES, ELSEWHERE] == list(REGIONS)


@pytest.mark.parametrize(
    ("zone_name", "region"),
    [
        ("America/Los_Angeles", "Americas"),
        ("Asia/Katmandu", "South Asia"),
        ("Asia/Vladivostok", "East Asia"),
        ("Asia/Yekaterinburg", "Central Asia"),
        ("Europe/Moscow", "Europe"),
        ("Africa/Cairo", "Africa"),
        ("Asia/Riyadh", "Middle East"),
        ("Pacific/Auckland", "Oceania"),
        ("Atlantic/Reykjavik", "Europe"),
    ],
)
def test_a_zone_lies_in_its_region(zone_name, region):
    assert region_of(zone_name) == region
