"""Greedy: a fair season at once, by choosing session after session and then mending the choice."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations, combinations_with_replacement, product
from math import comb, prod

from webinar.scheduling.rules.lanes import Lanes
from webinar.scheduling.rules.merged import Kind, Merged, merged
from webinar.scheduling.rules.problem import Answer, Problem, answer

STEEPNESS = (1.3, 1.7, 2.5)
"""How much worse each point is than the one before, for whoever carries it; several are tried."""
FEW = 4_000
"""So many seasons are simply all compared, which proves the best of them."""


class Greedy:
    """Answers within milliseconds; proves its answer only where few seasons are possible."""

    def answers(self, problem: Problem, limit: timedelta) -> Generator[Answer, None, None]:
        """One answer; it never needs the limit."""
        kinds = merged(problem)
        counts = _counts_of_all(kinds) if _seasons(kinds) <= FEW else None
        found = answer(problem, kinds.picks(counts or _mended(kinds)))
        yield answer(problem, found.picks, bound=found.worst if counts else None)


def counts_of(kinds: Merged, picks: Sequence[int]) -> list[list[int]]:
    """How often each column of each kind is used by these picks, whose starts are all columns."""
    return [
        _counted([slots.index(picks[week]) for week, slots in zip(kind.weeks, kind.slots, strict=True)], kind)
        for kind in kinds.kinds
    ]


def _seasons(kinds: Merged) -> int:
    return prod(comb(len(kind.columns) + len(kind.weeks) - 1, len(kind.weeks)) for kind in kinds.kinds)


def _counts_of_all(kinds: Merged) -> list[list[int]]:
    """The best of all seasons: the least worst load, then the least sum."""
    lanes = Lanes(len(kinds.carried))
    start = lanes.packed(kinds.carried)
    ways = [list(_ways(kind, lanes)) for kind in kinds.kinds]

    def worth(season: tuple[tuple[int, int, tuple[int, ...]], ...]) -> tuple[int, int]:
        load = start + sum(way[0] for way in season)
        return max(lanes.unpacked(load), default=0), sum(way[1] for way in season)

    best = min(product(*ways), key=worth)
    return [_counted(way[2], kind) for way, kind in zip(best, kinds.kinds, strict=True)]


def _ways(kind: Kind, lanes: Lanes) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    packed = [lanes.packed(column) for column in kind.columns]
    for chosen in combinations_with_replacement(range(len(packed)), len(kind.weeks)):
        yield sum(packed[one] for one in chosen), sum(kind.weights[one] for one in chosen), chosen


def _counted(chosen: Sequence[int], kind: Kind) -> list[int]:
    return [list(chosen).count(column) for column in range(len(kind.columns))]


def _mended(kinds: Merged) -> list[list[int]]:
    best = min((_Season.begun(kinds, steepness) for steepness in STEEPNESS), key=_Season.worth)
    best.tighten()
    best.lighten()
    best.lighten_in_pairs()
    chosen = iter(best.chosen)
    return [_counted([next(chosen) for _ in kind.weeks], kind) for kind in kinds.kinds]


@dataclass
class _Season:
    """A choice for each week, weeks in the order of their kinds, and the loads that follow from it."""

    lanes: Lanes
    weeks: list[tuple[list[int], tuple[int, ...]]]  # packed columns and weights
    carried: int
    chosen: list[int] = field(default_factory=list)

    @classmethod
    def begun(cls, kinds: Merged, steepness: float) -> "_Season":
        """Week by week the column that hurts least where much is carried already, then each once more."""
        lanes = Lanes(len(kinds.carried))
        per_kind = [([lanes.packed(column) for column in kind.columns], kind) for kind in kinds.kinds]
        weeks = [(packed, kind.weights) for packed, kind in per_kind for _ in kind.weeks]
        season = cls(lanes, weeks, lanes.packed(kinds.carried))
        columns = [kind.columns for kind in kinds.kinds for _ in kind.weeks]
        season.chosen = _steep(list(kinds.carried), columns, steepness)
        return season

    @property
    def load(self) -> int:
        return self.carried + sum(
            packed[one] for (packed, _), one in zip(self.weeks, self.chosen, strict=True)
        )

    def worst(self) -> int:
        return max(self.lanes.unpacked(self.load), default=0)

    def worth(self) -> tuple[int, int]:
        """Worst load, then the burden of all people."""
        weights = (weights[one] for (_, weights), one in zip(self.weeks, self.chosen, strict=True))
        return self.worst(), sum(weights)

    def tighten(self) -> None:
        """Exchange two weeks' columns as long as that lowers the worst load."""
        pairs = list(combinations(range(len(self.weeks)), 2))
        while any(self._exchange(pair, self.worst() - 1, lighter=False) for pair in pairs):
            pass

    def lighten(self) -> None:
        """Choose lighter columns one week at a time, the worst load staying as it is."""
        ceiling, guard = self.lanes.ceiling(self.worst()), self.lanes.guard()
        load = self.load
        for week, (packed, weights) in enumerate(self.weeks):
            bare = load - packed[self.chosen[week]]
            fits = (one for one in range(len(packed)) if (ceiling - bare - packed[one]) & guard == guard)
            self.chosen[week] = min(fits, key=lambda one: (weights[one], one))
            load = bare + packed[self.chosen[week]]

    def lighten_in_pairs(self) -> None:
        """Once for each two weeks together."""
        most = self.worst()
        for pair in combinations(range(len(self.weeks)), 2):
            while self._exchange(pair, most, lighter=True):
                pass

    def _exchange(self, pair: tuple[int, int], most: int, *, lighter: bool) -> bool:
        """Give two weeks the first other columns that keep everybody at or under `most`."""
        one, other = pair
        (packed, weights), (packed_too, weights_too) = self.weeks[one], self.weeks[other]
        bare = self.load - packed[self.chosen[one]] - packed_too[self.chosen[other]]
        room, guard = self.lanes.ceiling(most) - bare, self.lanes.guard()
        now = weights[self.chosen[one]] + weights_too[self.chosen[other]]
        for first, column in enumerate(packed):
            left, allowed = room - column, now - weights[first]
            for second, column_too in enumerate(packed_too):
                if lighter and weights_too[second] >= allowed:
                    continue
                if (left - column_too) & guard == guard:
                    self.chosen[one], self.chosen[other] = first, second
                    return True
        return False


def _steep(loads: list[int], weeks: list[tuple[tuple[int, ...], ...]], steepness: float) -> list[int]:
    base = min(loads, default=0)
    ceiling = max(loads, default=0) - base + sum(max(map(max, columns), default=0) for columns in weeks)
    pain = [steepness ** min(step, 400) for step in range(ceiling + 1)]
    loads = [load - base for load in loads]
    chosen: list[int] = []
    for turn in range(2):
        for week, columns in enumerate(weeks):
            if turn:
                loads = [load - cost for load, cost in zip(loads, columns[chosen[week]], strict=True)]
            best = min(range(len(columns)), key=lambda one: _pain(pain, loads, columns[one]))
            loads = [load + cost for load, cost in zip(loads, columns[best], strict=True)]
            if turn:
                chosen[week] = best
            else:
                chosen.append(best)
    return chosen


def _pain(pain: list[float], loads: list[int], column: tuple[int, ...]) -> float:
    return sum(pain[load + cost] for load, cost in zip(loads, column, strict=True))
