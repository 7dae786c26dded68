"""Clashes: the same people or rooms at the same time, and speakers at night, in sentences."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.scheduling.rules.clashes import (
    Elsewhere,
    SpeakerPlace,
    Talk,
    at_night,
    double_booked,
    room_busy,
    same_audience,
)
from webinar.timekeeping.intervals import Interval

START = datetime(2026, 10, 14, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPAN = Interval(START, START + HOUR)
BERLIN = "Europe/Berlin"


def other(
    title: str = "Moyamoya", society: str = "", *, after: timedelta = timedelta(), length=HOUR
) -> Elsewhere:
    return Elsewhere(title, society, START + after, START + after + length)


def test_exactly_equal_times_clash():
    assert double_booked(SPAN, BERLIN, [Talk("Pia", other())]) == (
        "Pia also speaks at “Moyamoya” (18:00–19:00 in Berlin) at the same time. "
        "Ask where they will be, or choose another time.",
    )


@pytest.mark.parametrize(
    ("after", "length", "clashes"),
    [
        (timedelta(minutes=59), HOUR, True),
        (HOUR, HOUR, False),
        (-HOUR, HOUR, False),
        (-HOUR, timedelta(minutes=61), True),
        (-HOUR, 3 * HOUR, True),
        (timedelta(minutes=20), timedelta(minutes=5), True),
    ],
)
def test_sessions_that_only_touch_do_not_clash(after, length, clashes):
    found = same_audience(SPAN, BERLIN, [other(after=after, length=length)])
    assert bool(found) is clashes


def test_anothers_unpublished_session_keeps_its_title_society_and_hours():
    hidden = other("", "Sister Society", after=timedelta(minutes=30))
    assert double_booked(SPAN, BERLIN, [Talk("Pia", hidden)]) == (
        "Pia also speaks at another session of theirs at the same time. "
        "Ask where they will be, or choose another time.",
    )
    assert room_busy(SPAN, BERLIN, [hidden]) == (
        "The room is also used by another session at the same time, and one licence holds one session. "
        "Use another room or another time.",
    )


def test_a_sister_societys_session_is_named_with_its_society_and_hours():
    sister = other("Moyamoya", "Sister Society", after=timedelta(minutes=30))
    assert same_audience(SPAN, BERLIN, [sister]) == (
        "“Moyamoya” (Sister Society, 18:30–19:30 in Berlin) takes place at the same time: "
        "people may have to choose.",
    )
    assert same_audience(SPAN, BERLIN, [sister], dated=True) == (
        "14 October 2026: “Moyamoya” (Sister Society, 18:30–19:30 in Berlin) takes place at the same time: "
        "people may have to choose.",
    )


def test_a_speaker_at_night_is_named_with_their_hours():
    asked = SpeakerPlace("Pia", "Australia/Sydney", confirmed=False)
    agreed = SpeakerPlace("Dr A", "Asia/Tokyo", confirmed=True)
    awake = SpeakerPlace("Dr E", "America/Lima", confirmed=False)
    assert at_night(SPAN, [asked, agreed, awake]) == (
        "It is night for Pia, 03:00–04:00 in Sydney. Ask whether that suits, or choose another time.",
        "It is night for Dr A, 01:00–02:00 in Tokyo; they have agreed to the time.",
    )


moments = st.integers(0, 600).map(lambda minutes: START + timedelta(minutes=minutes))


@given(moments, st.integers(1, 240), moments, st.integers(1, 240))
def test_a_clash_is_a_minute_that_both_share_and_mutual(first_at, first, second_at, second):
    one = Elsewhere("One", "", first_at, first_at + timedelta(minutes=first))
    two = Elsewhere("Two", "", second_at, second_at + timedelta(minutes=second))
    shared = {first_at + timedelta(minutes=n) for n in range(first)} & {
        second_at + timedelta(minutes=n) for n in range(second)
    }
    there = same_audience(Interval(one.start_at, one.end_at), BERLIN, [two])
    back = same_audience(Interval(two.start_at, two.end_at), BERLIN, [one])
    assert (bool(there), bool(back)) == (bool(shared), bool(shared))
