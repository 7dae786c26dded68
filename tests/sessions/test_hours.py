"""Two live hours: their order, which is kinder where, and the days of a discussion around them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.sessions.rules.hours import (
    MOST_APART,
    LiveHour,
    better,
    following,
    night_minutes,
    order_fault,
)
from webinar.sessions.rules.window import (
    Discussion,
    Window,
    discussion,
    opened,
    window_advice,
    window_fault,
)
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Band, judge
from webinar.timekeeping.zones import pickable

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(
    lambda naive: naive.replace(second=0, microsecond=0, tzinfo=UTC)
)
ZONES = st.sampled_from(pickable())


def hour(text: str, length: timedelta = HOUR) -> LiveHour:
    starts_at = datetime.fromisoformat(text)
    return LiveHour(starts_at, starts_at + length)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


EVENING, MORNING = hour("2026-10-14T20:30Z"), hour("2026-10-15T11:00Z")


def test_the_second_hour_begins_after_the_first_has_ended():
    assert order_fault(EVENING, MORNING) is None
    assert order_fault(EVENING, LiveHour(EVENING.ends_at, EVENING.ends_at + HOUR)) is None
    assert order_fault(MORNING, EVENING) == (
        "The second live hour begins after the first has ended. Please choose another time."
    )


def test_two_hours_lie_at_most_a_fortnight_apart():
    edge = EVENING.ends_at + MOST_APART
    assert order_fault(EVENING, LiveHour(edge, edge + HOUR)) is None
    beyond = edge + timedelta(minutes=1)
    assert "at most 14 days" in (order_fault(EVENING, LiveHour(beyond, beyond + HOUR)) or "")


@pytest.mark.parametrize(
    ("zone_name", "index", "nights"),
    [("Asia/Kathmandu", 1, (60, 0)), ("America/New_York", 0, (0, 0)), ("America/Los_Angeles", 0, (0, 60))],
)
def test_the_kinder_hour_is_the_one_that_is_not_at_night(zone_name, index, nights):
    assert tuple(night_minutes(each, zone_name) for each in (EVENING, MORNING)) == nights
    assert better([EVENING, MORNING], zone_name) == index


def test_where_both_are_at_night_the_one_with_fewer_night_minutes_is_kinder():
    late, early = hour("2026-10-14T22:30Z"), hour("2026-10-15T06:45Z")
    assert better([late, early], "Etc/UTC") == 1


def test_a_night_is_counted_by_the_clock_also_where_clocks_change_in_it():
    berlin = hour("2026-03-29T00:30Z", timedelta(hours=5))  # 01:30 to 07:30, an hour is missing
    assert night_minutes(berlin, "Europe/Berlin") == 270


@given(INSTANTS, st.integers(5, 180), ZONES)
def test_an_hour_has_night_minutes_exactly_where_its_band_is_night(starts_at, minutes, zone_name):
    one = LiveHour(starts_at, starts_at + timedelta(minutes=minutes))
    start, end = local_of(one.starts_at, zone_name), local_of(one.ends_at, zone_name)
    if start < end:  # clocks that go back may lay the end before the start
        assert (night_minutes(one, zone_name) > 0) == (judge(start, end)[1] is Band.NIGHT)


@given(st.lists(INSTANTS, min_size=1, max_size=4), ZONES)
def test_no_hour_is_kinder_than_the_one_offered_first(starts, zone_name):
    hours = [LiveHour(each, each + HOUR) for each in starts]
    offered = hours[better(hours, zone_name)]
    assert night_minutes(offered, zone_name) == min(night_minutes(each, zone_name) for each in hours)


def test_a_stranger_is_shown_the_next_hour_and_at_last_the_last():
    hours = [EVENING, MORNING]
    found = [following(hours, now) for now in (EVENING.starts_at, EVENING.ends_at, MORNING.ends_at)]
    assert found == [0, 1, 1]


def test_a_window_is_promised_by_the_clocks_of_its_zone():
    window = Window(datetime(2026, 10, 12, 9), datetime(2026, 10, 15, 9))
    opening = opened(window, "Asia/Kathmandu")
    assert (opening.opens_at, opening.closes_at) == (at("2026-10-12T03:15Z"), at("2026-10-15T03:15Z"))


@given(INSTANTS, st.integers(-300, 300), st.integers(-300, 300))
def test_a_window_fits_exactly_where_it_holds_its_live_hours(starts_at, before, after):
    live = LiveHour(starts_at, starts_at + HOUR)
    opens_at, closes_at = live.starts_at - before * HOUR, live.ends_at + after * HOUR
    naive = Window(opens_at.replace(tzinfo=None), closes_at.replace(tzinfo=None))
    fault = window_fault(opened(naive, "Etc/UTC"), [live])
    assert (fault is None) == (before >= 0 and after >= 0)


def test_a_window_says_which_of_its_edges_is_wrong():
    def fault(opens: str, closes: str):
        opening = opened(Window(datetime.fromisoformat(opens), datetime.fromisoformat(closes)), "Etc/UTC")
        found = window_fault(opening, [EVENING, MORNING])
        return found and found[0]

    assert fault("2026-10-14T20:30", "2026-10-15T12:00") is None
    assert fault("2026-10-14T20:31", "2026-10-15T12:00") == "opens_local"
    assert fault("2026-10-14T20:30", "2026-10-15T11:59") == "closes_local"
    assert fault("2026-10-16T00:00", "2026-10-15T00:00") == "closes_local"
    assert fault("2026-08-01T00:00", "2026-10-16T00:00") == "closes_local"


@pytest.mark.parametrize(
    ("length", "is_advised"), [(47 * HOUR, False), (48 * HOUR, True), (7 * DAY, True), (8 * DAY, False)]
)
def test_two_to_seven_days_are_advised(length, is_advised):
    opens_at = EVENING.starts_at - DAY
    assert (window_advice(opens_at, opens_at + length) is None) == is_advised


def test_a_discussion_is_ahead_open_and_closed_by_the_clock():
    opens_at, closes_at = at("2026-10-12T03:15Z"), at("2026-10-15T03:15Z")
    second = timedelta(seconds=1)
    states = [
        discussion(now, opens_at, closes_at)
        for now in (opens_at - second, opens_at, closes_at - second, closes_at)
    ]
    assert states == [Discussion.AHEAD, Discussion.OPEN, Discussion.OPEN, Discussion.CLOSED]
