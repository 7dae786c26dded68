"""Typed times become instants; what is doubtful is asked; another zone keeps clocks or moments."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from webinar.refusal import Invalid
from webinar.scheduling.rules.asking import reminder_due
from webinar.scheduling.rules.times import BadTimes, Keep, Wish, at_instant, pinned_times, rezoned
from webinar.sessions.rules.start import DoubtfulStart
from webinar.timekeeping import zones
from webinar.timekeeping.wall import local_of

NOW = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
FOLD = datetime(2026, 10, 25, 2, 30)
ZONES = st.sampled_from(zones.pickable())


def wish(text: str, chosen_at: datetime | None = None) -> Wish:
    return Wish(datetime.fromisoformat(text), chosen_at)


def test_times_stand_in_their_order_and_the_same_moment_is_kept_once():
    typed = [wish("2026-10-15T18:00"), wish("2026-10-14T18:00"), wish("2026-10-15T18:00")]
    starts, merged = pinned_times(typed, BERLIN, 60, NOW)
    assert [each.starts_at.day for each in starts] == [14, 15]
    assert merged == 1


def test_each_doubtful_or_past_time_is_refused_in_its_place_with_both_readings():
    typed = [wish("2026-10-14T18:00"), Wish(FOLD), wish("2027-03-28T02:30"), wish("2026-10-01T18:00")]
    with pytest.raises(BadTimes) as refused:
        pinned_times(typed, BERLIN, 60, NOW)
    faults = refused.value.faults
    assert sorted(faults) == [1, 2, 3]
    assert [choice.offset_label for choice in faults[1].choices] == ["UTC+02:00", "UTC+01:00"]
    assert isinstance(faults[2], DoubtfulStart)
    assert faults[3].sentence == "That time lies in the past. Please choose one to come."


def test_both_hours_of_a_fold_are_two_different_times():
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    starts, merged = pinned_times([Wish(FOLD, second), Wish(FOLD, first)], BERLIN, 60, NOW)
    assert [(each.starts_at, each.later_fold) for each in starts] == [(first, False), (second, True)]
    assert merged == 0


def test_fewer_than_two_different_times_are_no_question():
    with pytest.raises(Invalid, match="from 2 to 20 different times"):
        pinned_times([wish("2026-10-14T18:00")] * 2, BERLIN, 60, NOW)


def test_keeping_clocks_moves_moments_and_keeping_moments_moves_clocks():
    start = at_instant(datetime(2026, 10, 14, 16, 0, tzinfo=UTC), BERLIN, 60)
    clock, moment = (rezoned(start, "Asia/Kathmandu", keep) for keep in (Keep.CLOCK, Keep.INSTANTS))
    assert clock.starts_local == datetime(2026, 10, 14, 18, 0)
    assert start.starts_at - clock.starts_at == timedelta(hours=3, minutes=45)
    assert (moment.starts_at, moment.starts_local) == (start.starts_at, datetime(2026, 10, 14, 21, 45))


def test_a_clock_time_that_is_doubtful_in_the_new_zone_is_refused():
    start = at_instant(datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "Etc/UTC", 60)
    with pytest.raises(DoubtfulStart):
        rezoned(start, BERLIN, Keep.CLOCK)


@given(ZONES, ZONES, st.integers(0, 2 * 365 * 24 * 4))
def test_keeping_moments_keeps_them_in_every_zone_also_where_clocks_go_back(one, other, quarters):
    at = NOW + timedelta(minutes=15 * quarters)
    start = rezoned(at_instant(at, one, 60), other, Keep.INSTANTS)
    assert (start.starts_at, start.starts_local) == (at, local_of(at, other))
    assert rezoned(start, one, Keep.INSTANTS).starts_at == at


@given(ZONES, ZONES, st.integers(0, 2 * 365 * 24 * 4))
def test_keeping_clocks_keeps_them_or_refuses(one, other, quarters):
    start = at_instant(NOW + timedelta(minutes=15 * quarters), one, 60)
    try:
        kept = rezoned(start, other, Keep.CLOCK)
    except DoubtfulStart:
        assume(False)
    assert kept.starts_local == start.starts_local == local_of(kept.starts_at, other)


@pytest.mark.parametrize(
    ("before", "due"), [(49, None), (48, 48), (7, 48), (6, 6), (1, 6), (0, None), (-1, None)]
)
def test_reminders_come_two_days_and_six_hours_before_and_never_after(before, due):
    deadline = NOW + timedelta(days=10)
    assert reminder_due(deadline - timedelta(hours=before), NOW, deadline) == due


def test_who_was_asked_a_moment_ago_is_left_in_peace():
    deadline = NOW + timedelta(hours=50)
    assert reminder_due(deadline - timedelta(hours=48), NOW, deadline) is None
    assert reminder_due(deadline - timedelta(hours=6), NOW, deadline) == 6
