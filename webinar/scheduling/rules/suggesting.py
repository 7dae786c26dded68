"""Suggesting: the best single hour, the fairest next one, the best pair, the best three in turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from webinar.scheduling.rules.burden import NIGHT, burdens
from webinar.scheduling.rules.season import Meeting, Party, Season

TURNS = 3


@dataclass(frozen=True)
class Suggestion:
    """One or more starts (aware UTC). `reached` of `people` are not at night often enough: once for one
    start or a pair, `often` times for those in turn. `left` are the parties that are not reached."""

    starts: tuple[datetime, ...]
    people: int
    reached: int
    left: tuple[Party, ...]
    often: int = 1


@dataclass(frozen=True)
class Hours:
    """The starts to choose from and what each costs each party; `preferred` breaks ties by nearness."""

    starts: tuple[datetime, ...]
    costs: tuple[tuple[int, ...], ...]
    parties: tuple[Party, ...]
    preferred: datetime

    @property
    def people(self) -> int:
        """Everybody who counts."""
        return sum(party.people for party in self.parties)

    def distance(self, number: int) -> float:
        """Seconds between a start and the preferred one."""
        return abs((self.starts[number] - self.preferred).total_seconds())

    def awake(self, number: int) -> int:
        """The parties that a start leaves out of the night, one bit each."""
        return sum(1 << party for party, cost in enumerate(self.costs[number]) if cost < NIGHT)

    def reached(self, parties: int) -> int:
        """How many people these parties are."""
        return sum(each.people for bit, each in enumerate(self.parties) if parties >> bit & 1)

    def left(self, parties: int) -> tuple[Party, ...]:
        """All other parties, most people first."""
        others = [each for bit, each in enumerate(self.parties) if not parties >> bit & 1]
        return tuple(sorted(others, key=lambda party: (-party.people, party.zone_name)))

    def sum_of(self, costs: Sequence[int]) -> int:
        """The burden of all people together."""
        return sum(party.people * cost for party, cost in zip(self.parties, costs, strict=True))


def hours(starts: Sequence[datetime], minutes: int, parties: Sequence[Party], preferred: datetime) -> Hours:
    """What each start costs whom."""
    costs = burdens(starts, minutes, [party.zone_name for party in parties])
    return Hours(tuple(starts), tuple(costs), tuple(parties), preferred)


def best_single(found: Hours) -> Suggestion | None:
    """The start that leaves the fewest people at night; among those the least burden of all together."""
    return _one(found, lambda one: (-found.reached(found.awake(one)), found.sum_of(found.costs[one])))


def fairest_next(found: Hours) -> Suggestion | None:
    """The start after which the worst-off party has carried least, its past included; then the least sum."""
    season = Season((Meeting(0, 0, found.starts),), found.parties)
    counted = [season.counts(party) for party in found.parties]

    def worth(one: int) -> tuple[int, int]:
        loads = [
            party.carried + cost
            for party, cost, counts in zip(found.parties, found.costs[one], counted, strict=True)
            if counts
        ]
        return max(loads, default=0), found.sum_of(found.costs[one])

    return _one(found, worth)


def best_pair(found: Hours) -> Suggestion | None:
    """Two starts such that the most people are out of the night at least once; then the least burden."""
    awake = [found.awake(one) for one in range(len(found.starts))]
    pairs = list(combinations(range(len(found.starts)), 2))
    if not pairs:
        return None
    masks = {awake[one] | awake[other] for one, other in pairs}
    most = max(map(found.reached, masks))
    good = {mask for mask in masks if found.reached(mask) == most}

    def worth(pair: tuple[int, int]) -> tuple[float, float]:
        lighter = list(map(min, found.costs[pair[0]], found.costs[pair[1]]))
        return found.sum_of(lighter), sum(map(found.distance, pair))

    best = min((pair for pair in pairs if awake[pair[0]] | awake[pair[1]] in good), key=worth)
    return _suggestion(found, best, awake[best[0]] | awake[best[1]])


def best_in_turn(found: Hours) -> Suggestion | None:
    """Three starts in turn such that everybody is out of the night as often as can be, at least once.

    Most people in the greatest number of turns that anybody can promise to all, else in two of three;
    then the least burden of all.
    """
    awake = [found.awake(one) for one in range(len(found.starts))]
    threes = list(combinations(range(len(found.starts)), TURNS))
    if not threes:
        return None
    everybody = (1 << len(found.parties)) - 1
    ways = [_turns(*(awake[one] for one in three)) for three in threes]
    often = next((k for k in (3, 2, 1) if any(way[k] == everybody for way in ways)), 2)
    reached = {mask: found.reached(mask) for mask in {way[often] for way in ways}}
    most = max(reached.values())
    good = [three for three, way in zip(threes, ways, strict=True) if reached[way[often]] == most]
    sums = [found.sum_of(costs) for costs in found.costs]
    best = min(good, key=lambda three: (sum(sums[one] for one in three), sum(map(found.distance, three))))
    return _suggestion(found, best, _turns(*(awake[one] for one in best))[often], often)


def _turns(one: int, other: int, third: int) -> tuple[int, int, int, int]:
    """Who is awake in at least none, one, two, three of the turns."""
    return -1, one | other | third, (one & other) | (one & third) | (other & third), one & other & third


def _one(found: Hours, worth: Callable[[int], tuple[int, int]]) -> Suggestion | None:
    numbers = range(len(found.starts))
    if not numbers:
        return None
    best = min(numbers, key=lambda one: (*worth(one), found.distance(one)))
    return _suggestion(found, (best,), found.awake(best))


def _suggestion(found: Hours, numbers: Sequence[int], awake: int, often: int = 1) -> Suggestion:
    return Suggestion(
        starts=tuple(found.starts[one] for one in numbers),
        people=found.people,
        reached=found.reached(awake),
        left=found.left(awake),
        often=often,
    )
