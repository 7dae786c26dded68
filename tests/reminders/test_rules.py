"""Which reminder is due, and how it names the day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.reminders.rules import Day, day_of, is_outrun, latest_due, minutes_left
from webinar.timekeeping.wall import local_of

START = datetime(2026, 10, 25, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "offset"),
    [
        (timedelta(days=1, seconds=1), None),
        (timedelta(days=1), 1440),
        (timedelta(hours=1, seconds=1), 1440),
        (timedelta(hours=1), 60),
        (timedelta(minutes=15, seconds=1), 60),
        (timedelta(minutes=15), 15),
        (timedelta(seconds=1), 15),
        (timedelta(), None),
        (timedelta(hours=-6), None),
    ],
)
def test_only_the_latest_reminder_is_due_and_none_after_the_start(before, offset):
    assert latest_due(START, START - before) == offset


@given(st.integers(1, 3000))
def test_a_reminder_is_outrun_exactly_when_a_later_one_is_due(minutes):
    now = START - timedelta(minutes=minutes)
    due = latest_due(START, now)
    assert [o for o in (1440, 60, 15) if is_outrun(o, START, now)] == [
        o for o in (1440, 60, 15) if due is not None and o > due
    ]


@pytest.mark.parametrize(
    ("zone", "start", "now", "day"),
    [
        ("Europe/Berlin", "2026-10-25T17:00", "2026-10-24T17:00", Day.TOMORROW),
        # 24 hours before 23:30 on the long Sunday it is already Sunday, 00:30.
        ("Europe/Berlin", "2026-10-25T22:30", "2026-10-24T22:30", Day.TODAY),
        # 24 hours before 00:30 on the Monday after the short Sunday it is Saturday, 23:30.
        ("Europe/Berlin", "2027-03-28T22:30", "2027-03-27T22:30", Day.WEEKDAY),
        ("Asia/Kathmandu", "2026-10-14T13:00", "2026-10-13T13:00", Day.TOMORROW),
        ("Pacific/Kiritimati", "2026-10-14T13:00", "2026-10-14T01:00", Day.TOMORROW),
    ],
)
def test_tomorrow_is_tomorrow_on_the_readers_wall(zone, start, now, day):
    at = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (start, now)]
    assert day_of(*(local_of(instant, zone) for instant in at)) == day


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(3600, 60), (3541, 60), (3480, 60), (1800, 30), (1650, 30), (600, 10), (590, 10), (540, 9), (5, 1)],
)
def test_minutes_are_said_as_people_say_them(seconds, minutes):
    assert minutes_left(START, START - timedelta(seconds=seconds)) == minutes
