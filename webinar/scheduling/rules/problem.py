"""The season as numbers: what each hour would cost each party, and what an answer is worth."""

from dataclasses import dataclass
from typing import NamedTuple

Column = tuple[int, ...]
"""What one start costs each party, in the order of the rows."""


class Row(NamedTuple):
    """One party: how many people, the burden they carried so far, and whether the worst-off counts them."""

    people: int
    carried: int
    counted: bool = True


@dataclass(frozen=True)
class Problem:
    """`weeks` holds for each session to come what each allowed start costs; none is empty."""

    rows: tuple[Row, ...]
    weeks: tuple[tuple[Column, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One start for each week, by its number there.

    `worst` is the burden of the worst-off counted party with what it carried, `total` the burden of all
    people from these sessions. `bound`: no answer has a smaller `worst`; None: nobody has looked.
    """

    picks: tuple[int, ...]
    worst: int
    total: int
    bound: int | None = None

    @property
    def proven(self) -> bool:
        """Whether no answer can treat the worst-off better."""
        return self.bound is not None and self.bound >= self.worst

    @property
    def gap(self) -> int | None:
        """How many points better an answer could still be; None: nobody has looked."""
        return None if self.bound is None else max(0, self.worst - self.bound)


def answer(problem: Problem, picks: tuple[int, ...], bound: int | None = None) -> Answer:
    """What these picks are worth."""
    loads = [row.carried for row in problem.rows]
    total = 0
    for week, pick in zip(problem.weeks, picks, strict=True):
        for number, (row, cost) in enumerate(zip(problem.rows, week[pick], strict=True)):
            loads[number] += cost
            total += row.people * cost
    worst = max((load for load, row in zip(loads, problem.rows, strict=True) if row.counted), default=0)
    return Answer(picks=picks, worst=worst, total=total, bound=bound)
