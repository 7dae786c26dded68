"""Every zone through every change of its clocks in several years: starts, series, lengths, memory."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.sessions.rules.start import DoubtfulStart, When, pinned
from webinar.timekeeping import zones
from webinar.timekeeping.offsets import Change, changes_between, offsets_of
from webinar.timekeeping.recurrence.rule import parse_rule
from webinar.timekeeping.recurrence.series import Recurrence, occurrences
from webinar.timekeeping.recurrence.values import Length
from webinar.timekeeping.wall import Certain, Fold, Gap, instant_of, local_of, resolve
from webinar.timekeeping.wording import showing

YEARS = (1996, 2011, 2024, 2026, 2027, 2050)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@cache
def turns(year: int) -> list[tuple[str, Change]]:
    """Every change of every zone in a year."""
    first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    return [(name, change) for name in zones.pickable() for change in changes_between(name, first, last)]


def walls(change: Change) -> tuple[datetime, datetime]:
    """The wall times between which clocks jump: what the old and the new offset say of the instant."""
    at = change.at.replace(tzinfo=None)
    return at + change.before, at + change.after


@pytest.mark.parametrize("year", YEARS)
def test_each_gap_and_fold_is_recognised_from_its_first_minute_to_its_last(year):
    wrong, seen = [], set()
    for name, change in turns(year):
        kind = Gap if change.after > change.before else Fold
        seen.add(kind)
        low, high = sorted(walls(change))
        for local in (low, low + (high - low) / 2, high - MINUTE):
            meant = resolve(local.replace(second=0, microsecond=0), name)
            if not isinstance(meant, kind):
                wrong.append((name, local, meant))
                continue
            shifts = {local_of(c.instant, name) - c.instant.replace(tzinfo=None) for c in _both(meant)}
            if shifts != {change.before, change.after} or meant.earlier.instant >= meant.later.instant:
                wrong.append((name, local, meant))
        wrong += [
            (name, local) for local in (low - MINUTE, high) if not isinstance(resolve(local, name), Certain)
        ]
    assert (wrong, seen) == ([], {Gap, Fold})


def _both(meant: Gap | Fold):
    return meant.earlier, meant.later


@pytest.mark.parametrize("year", YEARS)
def test_a_single_start_is_refused_in_each_and_taken_once_chosen(year):
    for name, change in turns(year):
        local = min(walls(change)) + MINUTE
        if local.second:  # local mean times of long ago: no form takes seconds
            continue
        with pytest.raises(DoubtfulStart) as doubt:
            pinned(When(local, name, 60))
        for choice in doubt.value.choices:
            start = pinned(When(local, name, 60, chosen_at=choice.instant))
            assert (start.starts_at, start.ends_at - start.starts_at) == (choice.instant, HOUR)


@pytest.mark.parametrize("year", YEARS)
def test_a_daily_series_through_each_change_keeps_its_clock_time_and_rfc_5545(year):
    for name, change in turns(year):
        local = min(walls(change)) + MINUTE
        first = local - timedelta(days=2)
        series = Recurrence(
            start_local=first,
            zone_name=name,
            length=Length(exact=HOUR),
            rule=parse_rule("FREQ=DAILY;COUNT=5"),
        )
        found = occurrences(series).occurrences
        days = [first + timedelta(days=n) for n in range(5)]
        assert [each.start_at for each in found] == sorted({instant_of(day, name) for day in days})
        at_change = local.replace(tzinfo=UTC) - change.before
        assert at_change in [each.start_at for each in found], (name, change)
        assert {each.end_at - each.start_at for each in found} == {HOUR}


@pytest.mark.parametrize("year", YEARS)
def test_what_runs_through_a_change_is_as_long_as_the_instants_say(year):
    for name, change in turns(year):
        seen = showing(change.at - HOUR, change.at + HOUR, name, now=change.at)
        assert seen.duration == 2 * HOUR
        assert seen.end_local - seen.start_local == 2 * HOUR + change.after - change.before
        assert seen.clock_change


@given(st.sampled_from(zones.pickable()), st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)))
def test_any_wall_time_of_any_zone_reads_back_or_is_doubtful(name, local):
    local = local.replace(second=0, microsecond=0)
    meant = resolve(local, name)
    if isinstance(meant, Certain):
        assert local_of(meant.instant, name) == local
    elif isinstance(meant, Fold):
        assert [local_of(each.instant, name) for each in _both(meant)] == [local, local]
    else:
        assert local not in [local_of(each.instant, name) for each in _both(meant)]
        assert meant.earlier.instant < meant.later.instant


@given(
    st.sampled_from(zones.pickable()),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)),
)
def test_the_memory_of_a_zone_is_its_zone(name, instant):
    kept = _kept(name)
    assert kept.at(instant) == zones.offset(instant, name)


@cache
def _kept(name: str):
    return offsets_of(name, datetime(2020, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))


def test_outside_of_its_years_a_memory_knows_nothing():
    assert _kept("Asia/Kathmandu").at(datetime(2031, 1, 1, tzinfo=UTC)) is None
    assert _kept("Asia/Kathmandu").at(datetime(2019, 12, 31, tzinfo=UTC)) is None
