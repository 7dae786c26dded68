"""Wording: the word names the start, the band judges the whole session, dates shift in words."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.timekeeping.checks import NotAnInstant
from webinar.timekeeping.wording import Band, DayPart, Showing, judge, showing


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "part", "band"),
    [
        ("07:00", "08:00", DayPart.EARLY_MORNING, Band.EDGE),
        ("06:59", "07:59", DayPart.NIGHT, Band.NIGHT),
        ("08:00", "09:00", DayPart.MORNING, Band.DAY),
        ("11:59", "12:59", DayPart.MORNING, Band.DAY),
        ("12:00", "13:00", DayPart.AFTERNOON, Band.DAY),
        ("17:00", "18:00", DayPart.EVENING, Band.DAY),
        ("20:00", "21:00", DayPart.EVENING, Band.DAY),
        ("20:30", "21:30", DayPart.EVENING, Band.EDGE),
        ("21:00", "22:00", DayPart.LATE_EVENING, Band.EDGE),
        ("22:00", "23:00", DayPart.LATE_EVENING, Band.EDGE),
        ("22:45", "23:45", DayPart.LATE_EVENING, Band.NIGHT),
        ("23:00", "23:30", DayPart.NIGHT, Band.NIGHT),
        ("00:00", "01:00", DayPart.NIGHT, Band.NIGHT),
    ],
)
def test_the_word_names_the_start_and_the_band_judges_the_whole(start, end, part, band):
    assert judge(at(f"2026-10-14T{start}"), at(f"2026-10-14T{end}")) == (part, band)


def test_a_session_over_midnight_is_night():
    assert judge(at("2026-10-14T22:30"), at("2026-10-15T00:00")) == (DayPart.LATE_EVENING, Band.NIGHT)
    assert judge(at("2026-10-14T09:00"), at("2026-10-15T10:00")) == (DayPart.MORNING, Band.NIGHT)


@given(st.integers(0, 1439), st.integers(1, 1500))
def test_night_is_said_exactly_when_some_minute_lies_between_23_and_07(start, length):
    begin = at("2026-10-14T00:00") + timedelta(minutes=start)
    clock = [(begin + timedelta(minutes=passed)).time() for passed in range(length)]
    dark = any(moment >= time(23) or moment < time(7) for moment in clock)
    assert (judge(begin, begin + timedelta(minutes=length))[1] is Band.NIGHT) == dark


def test_a_session_is_shown_with_all_that_its_viewer_needs():
    shown = showing(
        at("2026-10-14T13:00Z"),
        at("2026-10-14T14:00Z"),
        "Asia/Kathmandu",
        now=at("2026-10-14T09:40Z"),
        reference_zone="Europe/Berlin",
    )
    assert shown == Showing(
        start_at=at("2026-10-14T13:00Z"),
        end_at=at("2026-10-14T14:00Z"),
        zone_name="Asia/Kathmandu",
        city="Kathmandu",
        offset_label="UTC+05:45",
        end_offset_label="UTC+05:45",
        start_local=at("2026-10-14T18:45"),
        end_local=at("2026-10-14T19:45"),
        day_part=DayPart.EVENING,
        band=Band.DAY,
        ends_days_later=0,
        day_shift=0,
        starts_in=timedelta(hours=3, minutes=20),
    )
    assert not shown.runs_into_night
    assert not shown.clock_change
    assert shown.duration == timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone_name", "reference_zone", "shift"),
    [
        ("Australia/Sydney", "Europe/Berlin", 1),
        ("America/Los_Angeles", "Australia/Sydney", -1),
        ("Europe/Berlin", "Europe/Berlin", 0),
        ("Europe/Berlin", None, 0),
    ],
)
def test_another_date_than_at_the_hosts_is_counted(zone_name, reference_zone, shift):
    start = at("2026-10-14T16:00Z")
    end = start + timedelta(hours=1)
    assert showing(start, end, zone_name, now=start, reference_zone=reference_zone).day_shift == shift


def test_the_end_may_lie_on_the_next_day():
    shown = showing(
        at("2026-10-14T13:30Z"), at("2026-10-14T14:30Z"), "Asia/Tokyo", now=at("2026-10-14T13:42Z")
    )
    assert (shown.ends_days_later, shown.band, shown.runs_into_night) == (0, Band.NIGHT, True)
    later = showing(
        at("2026-10-14T14:30Z"), at("2026-10-14T15:30Z"), "Asia/Tokyo", now=at("2026-10-14T14:42Z")
    )
    assert (later.ends_days_later, later.day_part) == (1, DayPart.NIGHT)
    assert later.starts_in == timedelta(minutes=-12)


def test_clocks_that_change_during_the_session_are_noticed_and_its_length_is_exact():
    shown = showing(
        at("2026-03-29T00:30Z"), at("2026-03-29T01:30Z"), "Europe/Berlin", now=at("2026-03-01T00:00Z")
    )
    assert (shown.start_local, shown.end_local) == (at("2026-03-29T01:30"), at("2026-03-29T03:30"))
    assert shown.clock_change
    assert shown.duration == timedelta(hours=1)


def test_a_session_that_ends_before_it_starts_or_has_no_zone_is_refused():
    now = at("2026-10-14T13:00Z")
    with pytest.raises(ValueError, match="cannot end before it starts"):
        showing(now, now - timedelta(minutes=1), "Asia/Tokyo", now=now)
    with pytest.raises(NotAnInstant):
        showing(now, now, "Asia/Tokyo", now=at("2026-10-14T13:00"))
