"""Windows, versions and the words for an old time, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.calendars.rules.showing import (
    Was,
    is_fresh,
    is_over,
    last_modified,
    sequence,
    should_note_reading,
    uid_of,
    version_tag,
    was_said_by,
    window,
)

NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)


@given(st.integers(0, 1000), st.integers(0, 1000), st.booleans())
def test_any_change_of_session_or_seat_raises_the_sequence(revision, version, of_session):
    after = (revision + of_session, version + (not of_session))
    assert sequence(*after) > sequence(revision, version)


def test_a_uid_without_a_domain_gets_ours():
    assert uid_of("abc", "ens.example") == "abc@ens.example"
    assert uid_of("abc@other.example", "ens.example") == "abc@other.example"


def test_the_window_is_the_same_all_day_and_begins_90_days_back():
    assert window(NOON) == window(NOON + timedelta(hours=11))
    assert window(NOON).first_at == datetime(2026, 7, 9, tzinfo=UTC)
    assert window(NOON).last_at == datetime(2028, 4, 7, tzinfo=UTC)
    assert window(NOON).cancelled_at == datetime(2026, 9, 7, tzinfo=UTC)


def test_a_feed_is_no_older_than_its_window():
    midnight = datetime(2026, 10, 7, tzinfo=UTC)
    assert last_modified(midnight, []) == midnight
    assert last_modified(midnight, [midnight - timedelta(days=3)]) == midnight
    assert last_modified(midnight, [NOON + timedelta(microseconds=7)]) == NOON


@pytest.mark.parametrize(
    ("named", "since", "fresh"),
    [
        (["a"], None, True),
        (["a-gzip"], None, True),
        (["b", "a"], None, True),
        (["*"], None, True),
        (["b"], NOON, False),
        ([], NOON, True),
        ([], NOON - timedelta(seconds=1), False),
        ([], None, False),
    ],
)
def test_a_tag_decides_and_a_date_only_without_one(named, since, fresh):
    assert is_fresh(named, ["a", "a-gzip"], since=since, at=NOON) is fresh


def test_equal_parts_give_equal_tags():
    assert version_tag(1, "a") == version_tag(1, "a")
    assert version_tag(1, "a") != version_tag(1, "b")


@pytest.mark.parametrize(("minutes", "noted"), [(None, True), (0, False), (4, False), (5, True)])
def test_reading_is_noted_once_in_five_minutes(minutes, noted):
    last = None if minutes is None else NOON - timedelta(minutes=minutes)
    assert should_note_reading(last, NOON) is noted


@pytest.mark.parametrize(
    ("old", "new", "was"),
    [
        ("2026-10-14T18:45", "2026-10-14T19:45", Was.CLOCK),
        ("2026-10-14T18:45", "2026-10-15T18:45", Was.WEEKDAY),
        ("2026-10-14T18:45", "2026-10-08T18:45", Was.WEEKDAY),
        ("2026-10-14T18:45", "2026-10-21T18:45", Was.DAY),
        ("2026-10-14T23:45", "2026-10-15T00:15", Was.WEEKDAY),
    ],
)
def test_the_old_time_is_said_as_shortly_as_it_can_be(old, new, was):
    assert was_said_by(datetime.fromisoformat(old), datetime.fromisoformat(new)) == was


def test_mail_is_late_from_the_end_on():
    assert [is_over(NOON + timedelta(seconds=s), NOON) for s in (-1, 0)] == [False, True]
