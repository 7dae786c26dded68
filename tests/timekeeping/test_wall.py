"""Wall times: certain ones, those that a clock change skips, those that it repeats."""

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.timekeeping import zones
from webinar.timekeeping.checks import NotAnInstant, NotAWallTime, OutOfYears
from webinar.timekeeping.wall import Certain, Choice, Fold, Gap, Policy, instant_of, local_of, resolve


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_usual_wall_time_means_one_instant():
    assert resolve(at("2026-10-14T18:45"), "Asia/Kathmandu") == Certain(
        instant=at("2026-10-14T13:00Z"), local=at("2026-10-14T18:45"), offset_label="UTC+05:45"
    )


def test_a_skipped_wall_time_offers_both_sides_of_the_change():
    assert resolve(at("2026-03-08T02:30"), "America/New_York") == Gap(
        local=at("2026-03-08T02:30"),
        earlier=Choice(
            instant=at("2026-03-08T06:30Z"),
            local=at("2026-03-08T01:30"),
            offset_label="UTC-05:00",
            sentence="01:30 on 8 March 2026, New York (UTC-05:00)",
        ),
        later=Choice(
            instant=at("2026-03-08T07:30Z"),
            local=at("2026-03-08T03:30"),
            offset_label="UTC-04:00",
            sentence="03:30 on 8 March 2026, New York (UTC-04:00)",
        ),
        sentence=(
            "02:30 on 8 March 2026 does not exist in New York: clocks go forward over it. Choose 01:30 on"
            " 8 March 2026, New York (UTC-05:00), or 03:30 on 8 March 2026, New York (UTC-04:00)."
        ),
    )


def test_a_repeated_wall_time_offers_both_occurrences():
    fold = resolve(at("2026-10-25T01:30"), zones.zone("Europe/London"))
    assert isinstance(fold, Fold)
    assert (fold.earlier.instant, fold.later.instant) == (at("2026-10-25T00:30Z"), at("2026-10-25T01:30Z"))
    assert (fold.earlier.offset_label, fold.later.offset_label) == ("UTC+01:00", "UTC+00:00")
    assert fold.earlier.local == fold.later.local == at("2026-10-25T01:30")
    assert fold.sentence == (
        "01:30 on 25 October 2026 comes twice in London: clocks go back. Choose 01:30 on 25 October 2026,"
        " London (UTC+01:00), or 01:30 on 25 October 2026, London (UTC+00:00)."
    )


@pytest.mark.parametrize(
    ("zone_name", "local", "earlier", "later"),
    [
        ("Africa/Cairo", "2026-04-24T00:30", "2026-04-23T21:30Z", "2026-04-23T22:30Z"),
        ("Antarctica/Troll", "2026-10-25T02:00", "2026-10-25T00:00Z", "2026-10-25T02:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:15Z", "2026-10-03T15:45Z"),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-29T19:00Z", "2011-12-30T19:00Z"),
    ],
)
def test_changes_of_every_size_are_seen(zone_name, local, earlier, later):
    doubt = resolve(at(local), zone_name)
    assert isinstance(doubt, Gap | Fold)
    assert (doubt.earlier.instant, doubt.later.instant) == (at(earlier), at(later))


def test_a_change_keeps_the_hour_just_before_and_after_it_certain():
    assert isinstance(resolve(at("2026-03-08T01:59:59"), "America/New_York"), Certain)
    assert isinstance(resolve(at("2026-03-08T02:00:00"), "America/New_York"), Gap)
    assert isinstance(resolve(at("2026-03-08T03:00:00"), "America/New_York"), Certain)


def test_a_series_takes_the_offset_before_a_gap_and_the_first_of_a_fold():
    assert instant_of(at("2026-03-08T02:30"), "America/New_York") == at("2026-03-08T07:30Z")
    assert instant_of(at("2026-11-01T01:30"), "America/New_York") == at("2026-11-01T05:30Z")


def test_a_form_that_has_asked_takes_what_was_chosen():
    gap, fold = at("2026-03-08T02:30"), at("2026-11-01T01:30")
    assert instant_of(gap, "America/New_York", policy=Policy.EARLIER) == at("2026-03-08T06:30Z")
    assert instant_of(gap, "America/New_York", policy=Policy.LATER) == at("2026-03-08T07:30Z")
    assert instant_of(fold, "America/New_York", policy=Policy.EARLIER) == at("2026-11-01T05:30Z")
    assert instant_of(fold, "America/New_York", policy=Policy.LATER) == at("2026-11-01T06:30Z")


def test_an_instant_is_no_wall_time_and_a_wall_time_no_instant():
    with pytest.raises(NotAWallTime):
        resolve(at("2026-10-14T18:45Z"), "Asia/Kathmandu")
    with pytest.raises(NotAWallTime):
        instant_of(at("2026-10-14T18:45Z"), "Asia/Kathmandu")
    with pytest.raises(NotAnInstant):
        local_of(at("2026-10-14T18:45"), "Asia/Kathmandu")


@pytest.mark.parametrize("year", [1, 1799, 2501, 9999])
def test_a_year_out_of_reach_is_refused_with_a_sentence(year):
    with pytest.raises(OutOfYears) as refusal:
        resolve(datetime(year, 1, 1), "Asia/Kathmandu")
    assert refusal.value.sentence == f"The year {year} is out of reach. Use a year from 1800 to 2500."


def transitions(zone_name: str, year: int) -> list[datetime]:
    """Instants in `year` from which another offset holds, to the minute, by bisection between days."""
    found = []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        low, high = day, day + timedelta(days=1)
        if zones.offset(low, zone_name) != zones.offset(high, zone_name):
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                same = zones.offset(middle, zone_name) == zones.offset(low, zone_name)
                low, high = (middle, high) if same else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        day += timedelta(days=1)
    return found


@given(
    st.sampled_from(sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})),
    st.integers(-240, 240),
    st.data(),
)
def test_around_both_changes_of_every_zone_wall_times_and_instants_agree(zone_name, minutes, data):
    near = data.draw(st.sampled_from(transitions(zone_name, 2027) or [datetime(2027, 5, 1, tzinfo=UTC)]))
    instant = near + timedelta(minutes=minutes)
    local = local_of(instant, zone_name)
    meaning = resolve(local, zone_name)
    match meaning:
        case Certain():
            assert meaning.instant == instant == instant_of(local, zone_name)
        case Fold():
            assert instant in (meaning.earlier.instant, meaning.later.instant)
            assert instant_of(local, zone_name) == meaning.earlier.instant
            assert local_of(meaning.later.instant, zone_name) == local
        case Gap():
            raise AssertionError("A clock showed a time that does not exist.")


@given(
    st.sampled_from(zones.pickable()),
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)),
)
def test_every_wall_time_has_a_reading_that_comes_back_unless_skipped(zone_name, local):
    match resolve(local, zone_name):
        case Certain(instant=instant):
            assert local_of(instant, zone_name) == local
        case Fold(earlier=earlier, later=later):
            assert earlier.local == later.local == local
            assert earlier.instant < later.instant
        case Gap(earlier=earlier, later=later):
            assert earlier.local < local < later.local
            assert earlier.instant < later.instant == instant_of(local, zone_name)
