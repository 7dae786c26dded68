"""The optimiser: equal to looking at every season, greedy near the optimum, nothing lost by merging."""

from contextlib import closing
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webinar.scheduling.providers import SOLVERS, can_prove
from webinar.scheduling.providers.greedy import Greedy, counts_of
from webinar.scheduling.providers.proving import MODULE, Proving, SolverFailed
from webinar.scheduling.rules.merged import merged
from webinar.scheduling.rules.problem import Answer, Problem, Row, answer

COSTS = st.sampled_from((0, 0, 1, 4, 6))
RATIO = 1.15


@st.composite
def problems(draw, weeks=3, parties=4, starts=5):
    """Small seasons: some weeks alike, some parties too small to be the worst-off."""
    count = draw(st.integers(1, parties))
    rows = [
        Row(draw(st.integers(1, 50)), draw(st.integers(0, 12)), draw(st.sampled_from((True, True, False))))
        for _ in range(count)
    ]
    column = st.tuples(*[COSTS] * count)
    shared = tuple(draw(st.lists(column, min_size=1, max_size=starts)))
    own = st.lists(column, min_size=1, max_size=starts).map(tuple)
    asked = [shared if draw(st.booleans()) else draw(own) for _ in range(draw(st.integers(1, weeks)))]
    return Problem(tuple(rows), tuple(asked))


def by_hand(problem: Problem) -> tuple[int, int]:
    """The least worst load, then the least sum, by looking at every season there is."""
    every = product(*(range(len(week)) for week in problem.weeks))
    return min((found.worst, found.total) for found in (answer(problem, picks) for picks in every))


def first(problem: Problem) -> Answer:
    """The greedy answer."""
    return next(Greedy().answers(problem, timedelta()))


def last(problem: Problem) -> Answer:
    """The answer when the proof is over."""
    return list(Proving().answers(problem, timedelta(seconds=20)))[-1]


@given(problems())
def test_few_seasons_are_all_compared_and_so_proven(problem):
    found = first(problem)
    assert (found.worst, found.total) == by_hand(problem)
    assert found.proven
    assert found.gap == 0


@given(problems(weeks=5, parties=5, starts=6))
def test_the_greedy_answer_is_near_the_best(problem):
    assert first(problem).worst <= RATIO * by_hand(problem)[0]


@given(problems())
def test_merging_loses_no_optimum(problem):
    kinds = merged(problem)
    every = product(*(product(range(len(kind.columns)), repeat=len(kind.weeks)) for kind in kinds.kinds))
    counts = (
        [
            [chosen.count(column) for column in range(len(kind.columns))]
            for chosen, kind in zip(season, kinds.kinds, strict=True)
        ]
        for season in every
    )
    found = (answer(problem, kinds.picks(each)) for each in counts)
    assert min((each.worst, each.total) for each in found) == by_hand(problem)


@given(problems())
def test_picks_and_counts_say_the_same(problem):
    kinds = merged(problem)
    picks = first(problem).picks
    assert kinds.picks(counts_of(kinds, picks)) is not None
    again = answer(problem, kinds.picks(counts_of(kinds, picks)))
    assert (again.worst, again.total) == (first(problem).worst, first(problem).total)


def rotating(parties: int, weeks: int) -> Problem:
    """Every start is at night for some neighbours on the clock, as the world goes round."""
    starts = [
        tuple((6 if 9 <= (hour + party) % 24 < 13 else 4 if 7 <= (hour + party) % 24 < 15 else 0)
              for party in range(0, 24, max(1, 24 // parties)))
        for hour in range(24)
    ]  # fmt: skip
    rows = tuple(Row(10 + party, party % 5) for party in range(len(starts[0])))
    return Problem(rows, (tuple(starts),) * weeks)


@settings(max_examples=4)
@given(problems(weeks=3, parties=4, starts=4))
def test_the_proven_optimum_is_that_of_looking_at_every_season(problem):
    found = last(problem)
    assert (found.worst, found.total, found.proven) == (*by_hand(problem), True)


def test_each_answer_of_the_proof_is_no_worse_than_the_one_before():
    answers = list(Proving().answers(rotating(12, 9), timedelta(seconds=20)))
    worths = [(each.worst, each.total) for each in answers]
    assert worths == sorted(worths, reverse=True)
    assert answers[0].bound is None
    assert answers[-1].proven
    assert answers[-1].gap == 0
    assert answers[0].worst <= RATIO * answers[-1].worst


def test_the_proof_can_be_stopped_at_any_time():
    with closing(Proving().answers(rotating(24, 12), timedelta(seconds=60))) as answers:
        assert len(next(answers).picks) == 12
        assert len(next(answers).picks) == 12


def test_a_solver_that_ends_before_it_is_done_is_no_proof():
    answers = Proving(module="webinar.translatable").answers(rotating(6, 3), timedelta(seconds=5))
    assert next(answers).picks
    with pytest.raises(SolverFailed):
        list(answers)


def test_the_solvers_are_known_by_name():
    assert set(SOLVERS) == {"greedy", "cp_sat"}
    assert can_prove()
    assert MODULE == "webinar.scheduling.providers.cp_sat"


def test_equal_hours_take_turns():
    problem = Problem((Row(1, 0), Row(1, 0)), (((4, 0), (0, 4)),) * 4)
    assert first(problem).picks in {(0, 1, 0, 1), (1, 0, 1, 0)}


def test_what_was_carried_is_repaid():
    """Who was at night in the last three sessions is not in the next two."""
    problem = Problem((Row(10, 12), Row(10, 0)), (((4, 0), (0, 4)),) * 2)
    assert first(problem).picks == (1, 1)
    assert first(problem).worst == 12


def test_a_small_party_adds_to_the_sum_alone():
    problem = Problem((Row(100, 0), Row(1, 0, counted=False)), (((1, 0), (0, 6)),))
    assert first(problem) == Answer(picks=(1,), worst=0, total=6, bound=0)


def test_a_gap_is_unknown_before_anybody_has_looked():
    assert Answer(picks=(0,), worst=3, total=3).gap is None
    assert Answer(picks=(0,), worst=3, total=3, bound=1).gap == 2
