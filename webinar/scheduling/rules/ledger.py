"""Ledger: what each region and each clock has carried in the sessions held; counted anew, never stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from webinar.scheduling.rules.burden import NIGHT, burdens
from webinar.scheduling.rules.finder import Place
from webinar.scheduling.rules.regions import REGIONS, region_of
from webinar.scheduling.rules.season import Party
from webinar.timekeeping.zones import ZoneName

LOOKED_BACK = 12
"""So many sessions, the latest ones; what lies further back is forgiven."""


@dataclass(frozen=True)
class Held:
    """A session that took place: its live hours (aware UTC starts, one or two) and its length.

    Whoever can choose between two hours carries the lighter one.
    """

    starts: tuple[datetime, ...]
    minutes: int


@dataclass(frozen=True)
class Tally:
    """A region's line: at night, for more than half of its people, in `nights` of `held` sessions.

    `burden` is the mean over its people of all they carried.
    """

    region: str
    people: int
    nights: int
    held: int
    burden: float


@dataclass(frozen=True)
class Ledger:
    """Regions from west to east, and what the people of each zone carried."""

    tallies: tuple[Tally, ...]
    carried: Mapping[ZoneName, int]
    held: int

    @property
    def owed(self) -> tuple[Tally, ...]:
        """Regions that were at night more often than the luckiest one, the most often first."""
        least = min((tally.nights for tally in self.tallies), default=0)
        owed = [tally for tally in self.tallies if tally.nights > least]
        return tuple(sorted(owed, key=lambda tally: (-tally.nights, -tally.burden)))


def ledger(held: Sequence[Held], places: Sequence[Place]) -> Ledger:
    """What today's audience carried in the latest of the sessions held, which come latest first."""
    looked_at = held[:LOOKED_BACK]
    zone_names = [place.zone_name for place in places]
    costs = [_lighter(session, zone_names) for session in looked_at]
    carried = {name: sum(cost[number] for cost in costs) for number, name in enumerate(zone_names)}
    return Ledger(_tallies(places, costs, carried), carried, len(looked_at))


def parties(places: Sequence[Place], ledger: Ledger) -> tuple[Party, ...]:
    """The audience as a season's parties, with what they carried so far."""
    return tuple(
        Party(each.zone_name, region_of(each.zone_name), each.people, ledger.carried.get(each.zone_name, 0))
        for each in places
    )


def _lighter(session: Held, zone_names: Sequence[ZoneName]) -> list[int]:
    hours = [burdens((at,), session.minutes, zone_names)[0] for at in session.starts]
    return [min(costs) for costs in zip(*hours, strict=True)]


def _tallies(
    places: Sequence[Place], costs: Sequence[Sequence[int]], carried: Mapping[ZoneName, int]
) -> tuple[Tally, ...]:
    regions = [region_of(place.zone_name) for place in places]
    people: Counter[str] = Counter()
    burden: Counter[str] = Counter()
    for place, region in zip(places, regions, strict=True):
        people[region] += place.people
        burden[region] += place.people * carried[place.zone_name]
    nights: Counter[str] = Counter()
    for cost in costs:
        asleep: Counter[str] = Counter()
        for place, region, each in zip(places, regions, cost, strict=True):
            asleep[region] += place.people if each >= NIGHT else 0
        nights.update(region for region in people if 2 * asleep[region] > people[region])
    return tuple(
        Tally(region, people[region], nights[region], len(costs), burden[region] / people[region])
        for region in REGIONS
        if people[region]
    )
