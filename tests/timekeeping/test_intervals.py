"""Intervals: time present is the union of stretches, cut to the session."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.timekeeping.checks import NotAnInstant
from webinar.timekeeping.intervals import Interval, clipped, merged, total


def at(minute: int) -> datetime:
    return datetime(2026, 10, 14, 13, tzinfo=UTC) + timedelta(minutes=minute)


def between(start: int, end: int) -> Interval:
    return Interval(at(start), at(end))


def test_two_devices_at_once_count_once():
    assert merged([between(20, 60), between(0, 30)]) == [between(0, 60)]
    assert total([between(20, 60), between(0, 30), between(20, 60)]) == timedelta(minutes=60)


def test_touching_stretches_are_one_and_a_pause_parts_them():
    assert merged([between(0, 10), between(10, 20)]) == [between(0, 20)]
    assert merged([between(0, 10), between(11, 20)]) == [between(0, 10), between(11, 20)]


def test_a_short_pause_may_be_bridged():
    two = timedelta(minutes=2)
    assert merged([between(0, 10), between(12, 20), between(23, 30)], gap=two) == [
        between(0, 20),
        between(23, 30),
    ]


def test_a_negative_gap_is_refused():
    with pytest.raises(ValueError, match="A gap cannot be negative"):
        merged([], gap=timedelta(minutes=-1))


def test_only_what_lies_inside_the_session_remains():
    session = between(0, 60)
    seen = [between(-10, 5), between(50, 70), between(60, 90), between(20, 20), between(-5, 90)]
    assert clipped(seen, session) == [between(0, 5), between(50, 60), between(0, 60)]


def test_an_empty_stretch_counts_nothing():
    assert between(5, 5).empty
    assert merged([between(5, 5)]) == []
    assert total([]) == timedelta()


def test_the_start_belongs_to_it_and_the_end_does_not():
    stretch = between(0, 10)
    assert [stretch.holds(at(minute)) for minute in (-1, 0, 9, 10)] == [False, True, True, False]
    assert not stretch.overlaps(between(10, 20))
    assert stretch.overlaps(between(9, 20))


def test_other_zones_are_kept_as_utc():
    berlin = timezone(timedelta(hours=2))
    moved = Interval(at(0).astimezone(berlin), at(10).astimezone(berlin))
    assert moved == between(0, 10)
    assert moved.start.tzinfo is UTC


def test_an_end_before_the_start_and_a_naive_time_are_refused():
    with pytest.raises(ValueError, match="cannot end"):
        between(10, 9)
    with pytest.raises(NotAnInstant):
        Interval(datetime(2026, 1, 1), at(0))


minutes = st.integers(0, 120)
stretches = st.lists(st.tuples(minutes, minutes).map(lambda pair: between(min(pair), max(pair))))


@given(stretches)
def test_the_total_is_the_number_of_minutes_covered(seen):
    covered = [minute for minute in range(121) if any(each.holds(at(minute)) for each in seen)]
    assert total(seen) == timedelta(minutes=len(covered))


@given(stretches)
def test_clipping_to_everything_changes_no_total_and_never_adds(seen):
    assert total(clipped(seen, between(0, 120))) == total(seen)
    assert total(clipped(seen, between(30, 60))) <= timedelta(minutes=30)
