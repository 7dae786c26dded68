"""Rotation: the clock times of a city in turn over the dates of a series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from webinar.timekeeping.wall import instant_of, local_of
from webinar.timekeeping.zones import ZoneName


@dataclass(frozen=True)
class Turn:
    """A clock time of the series' city, on the planned date or `days` after it."""

    clock: time
    days: int = 0


def turns(starts: Sequence[datetime], day: date, zone_name: ZoneName) -> tuple[Turn, ...]:
    """The chosen starts (aware UTC) of one day as clock times in the city, where `day` is its date."""
    local = [local_of(at, zone_name) for at in starts]
    return tuple(Turn(each.time(), (each.date() - day).days) for each in local)


def in_turn(days: Sequence[date], chosen: Sequence[Turn], zone_name: ZoneName) -> tuple[datetime, ...]:
    """An instant (aware UTC) for each of the local dates of a series, the clock times taken in turn.

    The city's clock stays, as for every series; a time that clocks skip or double is read by RFC 5545.
    """
    found = []
    for number, day in enumerate(days):
        turn = chosen[number % len(chosen)]
        local = datetime.combine(day + timedelta(days=turn.days), turn.clock)
        found.append(instant_of(local, zone_name))
    return tuple(found)
