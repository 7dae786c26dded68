"""What is kept of a computation, and what a new one changes about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.credits.rules.activity import CreditInput, PresenceRow, SessionWindow
from webinar.credits.rules.change import Change, change, tally
from webinar.credits.rules.explain import explain
from webinar.credits.rules.outcome import ATTENDANCE, earns, outcome, presence_rows
from webinar.credits.schemes import named

START_AT = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
HOURLY = named("hourly_quarter")


def present(minutes, scheme=HOURLY):
    hour = SessionWindow("session", START_AT, START_AT + timedelta(hours=1))
    row = PresenceRow(START_AT, START_AT + timedelta(minutes=minutes))
    return outcome(scheme, CreditInput(sessions=(hour,), intervals=(row,)))


def test_an_outcome_keeps_rule_credit_minutes_and_steps():
    kept = present(40)
    assert (kept.scheme_id, kept.scheme_version, kept.credit, kept.unit, kept.seconds, kept.status) == (
        "hourly_quarter", "1", "0.75", "credit", 2400, "ok",
    )  # fmt: skip
    assert explain(kept.steps) == ["Present 40 min of 60", "0.6667", "nearest quarter 0.75"]


def test_the_same_input_has_the_same_mark_and_another_minute_has_not():
    assert present(40).mark == present(40).mark
    assert present(40).mark != present(41).mark


def test_without_a_scheme_attendance_is_attested_and_no_credit_given():
    kept = present(40, ATTENDANCE)
    assert (kept.scheme_id, kept.unit, kept.credit, kept.seconds) == ("attendance", "", "0", 2400)
    assert explain(kept.steps) == ["Present 40 min of 60"]


def test_a_shut_gate_leaves_no_credit_but_the_minutes():
    kept = present(60, named("eaccme_2023"))
    assert (kept.status, kept.credit, kept.seconds, kept.earned) == ("blocked:feedback", "0.0", 3600, False)


@pytest.mark.parametrize(
    ("scheme_id", "credit", "seconds", "worth_it"),
    [
        ("hourly_quarter", "0.25", 900, True),
        ("hourly_quarter", "0.00", 420, False),
        ("x", "5/6", 3600, True),
        ("attendance", "0", 299, False),
        ("attendance", "0", 300, True),
    ],
)
def test_a_certificate_is_earned_by_credit_or_by_five_minutes_of_attendance(
    scheme_id, credit, seconds, worth_it
):
    assert earns(scheme_id, credit, seconds) is worth_it


def test_presence_is_read_from_intervals_or_counted_from_the_start_where_only_minutes_are_known():
    rows = [["2026-10-14T13:05:00+00:00", "2026-10-14T13:10:00Z"]]
    assert [row.span[1] - row.span[0] for row in presence_rows(rows, 300, START_AT)] == [300]
    assert presence_rows([], 900, START_AT) == (PresenceRow(START_AT, START_AT + timedelta(minutes=15)),)
    assert presence_rows([], 0, START_AT) == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, 40, Change.NEW),
        (40, 40, Change.SAME),
        (40, 41, Change.RECOMPUTED),
        (40, 60, Change.CHANGED),
        (2, 60, Change.CHANGED),
        (40, 2, Change.WITHDRAWN),
        (2, 3, Change.RECOMPUTED),
    ],
)
def test_a_computation_changes_the_award_before_it(before, after, expected):
    assert change(None if before is None else present(before), present(after)) is expected


def test_another_version_of_the_rule_is_another_computation():
    older = replace(present(40), scheme_version="0")
    assert change(older, present(40)) is Change.RECOMPUTED


def test_attendance_that_shrinks_below_five_minutes_is_withdrawn():
    assert change(present(40, ATTENDANCE), present(4, ATTENDANCE)) is Change.WITHDRAWN


@given(st.lists(st.sampled_from(Change)))
def test_the_tally_counts_every_change_once(changes):
    assert sum(tally(changes).values()) == len(changes)
