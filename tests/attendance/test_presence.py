"""Time present: the union of all intervals inside the session; totals are never added up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from webinar.attendance.rules.presence import Present, Source, Told, misses, present
from webinar.timekeeping.intervals import Interval

START = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
WINDOW = Interval(START, START + timedelta(hours=1))


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def span(start: float, end: float) -> Interval:
    return Interval(at(start), at(end))


def test_two_devices_never_count_twice():
    found = present([Told((span(0, 30),)), Told((span(10, 40),))], WINDOW)
    assert found == Present(2400, (span(0, 40),), Source.REPORT)


def test_only_time_inside_the_session_counts():
    found = present([Told((span(-20, 10), span(50, 90)))], WINDOW)
    assert found == Present(1200, (span(0, 10), span(50, 60)), Source.REPORT)


def test_who_was_there_only_before_the_start_has_no_time():
    assert present([Told((span(-20, -5),))], WINDOW) == Present(0, (), Source.REPORT)


def test_stated_minutes_count_at_most_for_the_length_of_the_session():
    assert present([Told(stated=timedelta(minutes=67))], WINDOW) == Present(3600, (), Source.STATED)
    assert present([Told(stated=timedelta(minutes=21))], WINDOW) == Present(1260, (), Source.STATED)


def test_two_totals_do_not_add_up():
    told = [Told(stated=timedelta(minutes=21)), Told(stated=timedelta(minutes=30))]
    assert present(told, WINDOW) == Present(1800, (), Source.STATED)


def test_times_outweigh_totals():
    told = [Told(stated=timedelta(minutes=50)), Told((span(0, 20),))]
    assert present(told, WINDOW) == Present(1200, (span(0, 20),), Source.REPORT)


def test_where_nobody_tells_a_time_there_is_none():
    assert present([], WINDOW) is None
    assert present([Told()], WINDOW) is None


def test_a_file_of_another_zone_misses_the_session():
    assert misses([Told((span(300, 360),))], WINDOW)
    assert not misses([Told((span(300, 360),)), Told((span(59, 61),))], WINDOW)
    assert not misses([Told(stated=timedelta(minutes=5))], WINDOW)


MINUTES = st.integers(-120, 180)
SPANS = st.lists(st.tuples(MINUTES, MINUTES).map(lambda pair: span(min(pair), max(pair))), max_size=8)


@given(SPANS, SPANS)
def test_more_evidence_never_takes_time_away_nor_gives_more_than_the_session(one, other):
    fewer = present([Told(tuple(one))], WINDOW)
    more = present([Told(tuple(one)), Told(tuple(other))], WINDOW)
    seconds = [found.seconds if found else 0 for found in (fewer, more)]
    assert seconds[0] <= seconds[1] <= 3600
