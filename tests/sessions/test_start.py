"""A start is a promise on a wall; what it means as an instant is decided once, and asked where in doubt."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.refusal import Invalid
from webinar.sessions.rules.start import DoubtfulStart, When, derived, pinned
from webinar.timekeeping.zones import TZDATA_VERSION, pickable


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_ordinary_time_means_one_instant():
    start = pinned(When(wall("2026-10-14T18:45"), "Asia/Kathmandu", 60))
    assert (start.starts_at, start.ends_at) == (utc("2026-10-14T13:00"), utc("2026-10-14T14:00"))
    assert (start.starts_local, start.zone_name) == (wall("2026-10-14T18:45"), "Asia/Kathmandu")
    assert (start.tzdata_version, start.later_fold) == (TZDATA_VERSION, False)


def test_old_zone_names_are_stored_by_their_present_name():
    assert pinned(When(wall("2026-10-14T18:45"), "Asia/Katmandu", 60)).zone_name == "Asia/Kathmandu"


def test_the_length_is_exact_time_across_a_clock_change():
    start = pinned(When(wall("2026-03-29T01:30"), "Europe/Berlin", 60))
    assert start.ends_at == utc("2026-03-29T01:30")


def test_a_time_that_no_clock_shows_is_refused_with_both_readings():
    with pytest.raises(DoubtfulStart) as refused:
        pinned(When(wall("2026-03-08T02:30"), "America/New_York", 60))
    assert [(c.instant, c.local, c.offset_label) for c in refused.value.choices] == [
        (utc("2026-03-08T06:30"), wall("2026-03-08T01:30"), "UTC-05:00"),
        (utc("2026-03-08T07:30"), wall("2026-03-08T03:30"), "UTC-04:00"),
    ]
    assert refused.value.field == "starts_local"


@pytest.mark.parametrize(
    ("chosen", "local"), [("2026-03-08T06:30", "2026-03-08T01:30"), ("2026-03-08T07:30", "2026-03-08T03:30")]
)
def test_the_chosen_reading_of_a_gap_is_stored_as_the_time_that_clocks_show(chosen, local):
    start = pinned(When(wall("2026-03-08T02:30"), "America/New_York", 60, utc(chosen)))
    assert (start.starts_at, start.starts_local, start.later_fold) == (utc(chosen), wall(local), False)


@pytest.mark.parametrize(("chosen", "later"), [("2026-11-01T05:30", False), ("2026-11-01T06:30", True)])
def test_the_chosen_occurrence_of_a_doubled_time_is_kept(chosen, later):
    start = pinned(When(wall("2026-11-01T01:30"), "America/New_York", 60, utc(chosen)))
    assert (start.starts_at, start.later_fold) == (utc(chosen), later)
    again = derived(start.starts_local, start.zone_name, 60, later_fold=start.later_fold)
    assert again == start


def test_an_answer_to_another_question_is_asked_again():
    with pytest.raises(DoubtfulStart):
        pinned(When(wall("2026-03-08T02:45"), "America/New_York", 60, utc("2026-03-08T06:30")))


@pytest.mark.parametrize(
    ("when", "field"),
    [
        (When(wall("2026-10-14T18:45"), "Mars/Olympus", 60), "zone_name"),
        (When(wall("9999-10-14T18:45"), "Asia/Kathmandu", 60), "starts_local"),
        (When(wall("2026-10-14T18:45"), "Asia/Kathmandu", 4), "minutes"),
        (When(wall("2026-10-14T18:45"), "Asia/Kathmandu", 1441), "minutes"),
    ],
)
def test_what_cannot_be_a_start_is_refused_with_its_field(when, field):
    with pytest.raises(Invalid) as refused:
        pinned(when)
    assert refused.value.field == field


@given(
    local=st.datetimes(min_value=wall("1990-01-01T00:00"), max_value=wall("2037-12-31T00:00")),
    zone_name=st.sampled_from(pickable()),
    minutes=st.integers(5, 1440),
    first=st.booleans(),
)
def test_every_start_can_be_pinned_and_derived_again(local, zone_name, minutes, first):
    when = When(local, zone_name, minutes)
    try:
        start = pinned(when)
    except DoubtfulStart as doubt:
        chosen = doubt.choices[0 if first else 1].instant
        start = pinned(When(local, zone_name, minutes, chosen))
        assert start.starts_at == chosen
    assert start.ends_at - start.starts_at == timedelta(minutes=minutes)
    assert derived(start.starts_local, zone_name, minutes, later_fold=start.later_fold) == start
