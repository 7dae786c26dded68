"""Merging: the same season with far fewer numbers, so that few hours and few parties are weighed.

Weeks in which every useful start costs the same become one kind; starts that another one beats for
everybody are dropped; parties that another one is always worse off than cannot be the worst-off.
No optimum is lost (docs/decisions/0011-fair-seasons.md).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from webinar.scheduling.rules.problem import Column, Problem, Row


@dataclass(frozen=True)
class Kind:
    """Weeks of equal cost. `columns` cost the parties that can be worst-off, `weights` all people.

    `slots` says for each week which of its own starts each column is.
    """

    columns: tuple[Column, ...]
    weights: tuple[int, ...]
    weeks: tuple[int, ...]
    slots: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Merged:
    """`carried` of the parties that can be worst-off, and the kinds of weeks."""

    carried: tuple[int, ...]
    kinds: tuple[Kind, ...]

    def picks(self, counts: Sequence[Sequence[int]]) -> tuple[int, ...]:
        """The start of each week, where column n of a kind is used as often as `counts` says."""
        found: dict[int, int] = {}
        for kind, often in zip(self.kinds, counts, strict=True):
            for week, slots, column in zip(kind.weeks, kind.slots, _in_turn(often), strict=True):
                found[week] = slots[column]
        return tuple(found[week] for week in sorted(found))


def merged(problem: Problem) -> Merged:
    """The problem, merged. A start earlier in its week's list is preferred to its equals."""
    groups: dict[tuple[Column, ...], list[int]] = {}
    firsts = [_first_slots(week) for week in problem.weeks]
    useful = {each: _undominated(each) for each in {frozenset(first) for first in firsts}}
    for number, first in enumerate(firsts):
        groups.setdefault(useful[frozenset(first)], []).append(number)
    rows = _can_be_worst(problem.rows, [column for columns in groups for column in columns])
    kinds = tuple(
        Kind(
            columns=tuple(tuple(column[row] for row in rows) for column in columns),
            weights=tuple(_weight(problem.rows, column) for column in columns),
            weeks=tuple(weeks),
            slots=tuple(tuple(firsts[week][column] for column in columns) for week in weeks),
        )
        for columns, weeks in groups.items()
    )
    return Merged(tuple(problem.rows[row].carried for row in rows), kinds)


def _first_slots(week: Sequence[Column]) -> dict[Column, int]:
    first: dict[Column, int] = {}
    for slot, column in enumerate(week):
        first.setdefault(column, slot)
    return first


def _undominated(columns: Collection[Column]) -> tuple[Column, ...]:
    # A column can only be beaten by one of a smaller sum, so those are looked at first.
    kept: list[Column] = []
    for column in sorted(columns, key=lambda each: (sum(each), each)):
        if not any(_at_most(better, column) for better in kept):
            kept.append(column)
    return tuple(kept)


def _can_be_worst(rows: Sequence[Row], columns: Sequence[Column]) -> list[int]:
    counted = [number for number, row in enumerate(rows) if row.counted]
    costs = {number: (rows[number].carried, *(column[number] for column in columns)) for number in counted}
    kept: list[int] = []
    for number in sorted(counted, key=lambda each: (-sum(costs[each]), each)):
        if not any(_at_most(costs[number], costs[worse]) for worse in kept):
            kept.append(number)
    return sorted(kept)


def _at_most(one: Sequence[int], other: Sequence[int]) -> bool:
    return all(x <= y for x, y in zip(one, other, strict=True))


def _weight(rows: Sequence[Row], column: Column) -> int:
    return sum(row.people * cost for row, cost in zip(rows, column, strict=True))


def _in_turn(counts: Sequence[int]) -> Iterator[int]:
    """Each column as often as counted, the same one seldom twice in a row."""
    left, last = list(counts), -1
    for _ in range(sum(counts)):
        last = max(range(len(left)), key=lambda each: (left[each] > 0, each != last, left[each], -each))
        left[last] -= 1
        yield last
