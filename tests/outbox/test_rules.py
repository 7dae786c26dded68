"""When a failed letter is tried again, and when it is given up."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.outbox.rules import MOST_TRIES, is_given_up, pause_before_retry


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (7, 1440), (50, 1440)])
def test_pauses_grow_to_a_day(attempts, minutes):
    assert pause_before_retry(attempts, jitter=0.5) == timedelta(minutes=minutes)


@given(st.integers(1, 100))
def test_jitter_stays_within_a_fifth(attempts):
    middle = pause_before_retry(attempts, jitter=0.5)
    assert 0.8 * middle <= pause_before_retry(attempts) <= 1.2 * middle


def test_the_eighth_failure_is_the_last():
    assert (is_given_up(MOST_TRIES - 1), is_given_up(MOST_TRIES)) == (False, True)
