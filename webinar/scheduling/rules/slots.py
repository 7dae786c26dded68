"""Slots: the starts that a session of a season may have, by wishes in the series' own city."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from webinar.scheduling.rules.burden import NIGHT, burdens
from webinar.timekeeping.wall import instant_of
from webinar.timekeeping.zones import ZoneName


@dataclass(frozen=True)
class Wishes:
    """What an organiser allows, by the clock of the series' city.

    `weekdays` 0–6 from Monday, none: the planned day alone; starts from `earliest` to `latest` o'clock,
    over midnight where latest is the smaller; every `step` minutes; `spare_speakers`: not at their night.
    """

    weekdays: tuple[int, ...] = ()
    earliest: int = 0
    latest: int = 23
    step: int = 30
    spare_speakers: bool = True

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def slots(planned_local: datetime, zone_name: ZoneName, wishes: Wishes) -> tuple[datetime, ...]:
    """The allowed starts (aware UTC) in the week of a planned wall time, the nearest to it first."""
    planned_at = instant_of(planned_local, zone_name)
    found = {
        instant_of(datetime.combine(day, time()) + timedelta(minutes=minute), zone_name)
        for day in _days(planned_local.date(), wishes)
        for minute in _minutes(wishes)
    }
    return tuple(sorted(found, key=lambda at: (abs(at - planned_at), at)))


def awake_for(
    starts: Sequence[datetime], minutes: int, zone_names: Iterable[ZoneName]
) -> tuple[datetime, ...]:
    """Those starts (aware UTC) that are at night in none of the zones."""
    names = tuple(zone_names)
    if not names:
        return tuple(starts)
    costs = burdens(starts, minutes, names)
    return tuple(at for at, cost in zip(starts, costs, strict=True) if max(cost) < NIGHT)


def _days(planned: date, wishes: Wishes) -> list[date]:
    if not wishes.weekdays:
        return [planned]
    monday = planned - timedelta(days=planned.weekday())
    return [monday + timedelta(days=weekday) for weekday in sorted(set(wishes.weekdays))]


def _minutes(wishes: Wishes) -> list[int]:
    first, last = wishes.earliest * 60, wishes.latest * 60
    if last < first:
        return [*range(0, last + 1, wishes.step), *range(first, 1440, wishes.step)]
    return list(range(first, last + 60 if wishes.latest == 23 else last + 1, wishes.step))
