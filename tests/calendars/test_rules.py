"""Sequences and the words for an old time, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.calendars.rules.showing import (
    Was,
    is_over,
    sequence,
    uid_of,
    was_said_by,
)

NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)


@given(st.integers(0, 1000), st.integers(0, 1000), st.booleans())
def test_any_change_of_session_or_seat_raises_the_sequence(revision, version, of_session):
    after = (revision + of_session, version + (not of_session))
    assert sequence(*after) > sequence(revision, version)


def test_a_uid_without_a_domain_gets_ours():
    assert uid_of("abc", "ens.example") == "abc@ens.example"
    assert uid_of("abc@other.example", "ens.example") == "abc@other.example"


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
