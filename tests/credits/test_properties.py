"""What holds for every activity, not only for the published ones."""

import ast
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.credits import scheme
from webinar.credits.rules.activity import CreditInput, PresenceRow, SessionWindow
from webinar.credits.rules.engine import compute
from webinar.credits.rules.rounding import rounded
from webinar.credits.rules.terms import Rounding
from webinar.credits.scheme.reading import read_scheme
from webinar.credits.schemes import named, schemes

NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)
IDS = "abcd"

minutes = st.integers(0, 300)
stretches = st.tuples(minutes, minutes)
amounts = st.fractions(0, 20, max_denominator=8)


def at(minute):
    return NINE + timedelta(minutes=minute)


@st.composite
def sessions(draw):
    ends = draw(st.lists(stretches, min_size=1, max_size=4))
    kinds = st.sampled_from(["lecture", "workshop", "break"])
    return tuple(SessionWindow(i, at(a), at(b), draw(kinds)) for i, (a, b) in zip(IDS, ends, strict=False))


rows = st.lists(
    st.builds(
        lambda stretch, session: PresenceRow(at(stretch[0]), at(stretch[1]), session),
        stretches,
        st.sampled_from([None, *IDS]),
    ),
    max_size=6,
).map(tuple)

activities = st.builds(
    CreditInput,
    sessions=sessions(),
    intervals=rows,
    faculty_sessions=st.lists(st.sampled_from(IDS), max_size=2).map(tuple),
    flags=st.just({"feedback": True, "quiz_pct": Fraction(80), "group_size": Fraction(20)}),
    designated_max=st.none() | amounts,
    claimed=st.none() | amounts,
)
timed = st.sampled_from([each for each in schemes() if each.id not in ("ama_journal", "picme", "baek_D")])


@given(timed, activities, rows)
def test_more_presence_never_earns_less(terms, ada, more):
    longer = CreditInput(**{**vars(ada), "intervals": ada.intervals + more})
    assert compute(terms, longer).learner >= compute(terms, ada).learner


@given(timed, activities, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_sessions_is_irrelevant(terms, ada, random):
    shuffled = CreditInput(
        **{
            **vars(ada),
            "intervals": tuple(random.sample(ada.intervals, len(ada.intervals))),
            "sessions": tuple(random.sample(ada.sessions, len(ada.sessions))),
        }
    )
    assert compute(terms, shuffled).learner == compute(terms, ada).learner


@given(timed, activities)
def test_nobody_is_awarded_more_than_designated_computed_or_claimed(terms, ada):
    result = compute(terms, ada)
    for most in (ada.designated_max, ada.claimed, result.computed):
        assert most is None or 0 <= result.learner <= most


@given(timed, activities)
def test_no_binary_float_appears_in_a_result(terms, ada):
    result = compute(terms, ada)
    assert all(isinstance(value, Fraction | int) for value in (result.learner, result.computed))
    assert floats_in(result.data()) == []


def floats_in(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [found for inner in value for found in floats_in(inner)]
    return [value] if isinstance(value, float) else []


def test_no_binary_float_is_written_in_the_engine():
    room = Path(__file__).parents[2] / "webinar" / "credits" / "rules"
    literals = [
        f"{file.name}:{node.lineno}"
        for file in room.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert literals == []


@given(activities)
def test_unrounded_credit_is_at_most_the_time_in_which_any_session_ran(ada):
    free = CreditInput(**{**vars(ada), "claimed": None, "designated_max": None})
    ran = {minute for each in ada.sessions for minute in range(each.span[0], each.span[1], 60)}
    assert compute(named("rcpsc_s1"), free).learner <= Fraction(len(ran), 60)


@given(sessions())
def test_full_credit_is_the_best_of_all_non_overlapping_choices(held):
    terms = read_scheme(scheme(attendance={"scope": "session", "min_pct": 0, "on_pass": "full"}))
    ada = CreditInput(sessions=held, intervals=(PresenceRow(at(0), at(300)),))
    usable = [each.span for each in held if each.span[0] < each.span[1] and each.kind != "break"]
    best = max(
        sum(end - start for start, end in choice)
        for size in range(len(usable) + 1)
        for choice in combinations(usable, size)
        if all(a[1] <= b[0] or b[1] <= a[0] for a, b in combinations(choice, 2))
    )
    assert compute(terms, ada).learner == Fraction(best, 3600)


@given(amounts, st.fractions("1/100", 2, max_denominator=100))
def test_rounding_stays_within_one_increment_and_nearest_within_half(value, increment):
    down, up, near = (
        rounded(value, Rounding(mode, increment)) for mode in ("floor", "ceil", "nearest_half_up")
    )
    assert down <= value <= up < down + 2 * increment
    assert abs(near - value) <= increment / 2
    assert near in (down, up)
