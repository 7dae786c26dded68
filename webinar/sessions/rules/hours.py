"""Hours: a session with two live hours, in which order they stand, and which of them is kinder to somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Band, judge

FIRST, SECOND = 1, 2
MOST_APART = timedelta(days=14)
NIGHT_FROM, NIGHT_TO = time(23), time(7)
_BANDS = (Band.DAY, Band.EDGE, Band.NIGHT)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class LiveHour:
    """When one live hour runs; instants aware UTC."""

    starts_at: datetime
    ends_at: datetime


def order_fault(first: LiveHour, second: LiveHour) -> str | None:
    """What is wrong with two live hours of one session, as a sentence, or None."""
    if second.starts_at < first.ends_at:
        return "The second live hour begins after the first has ended. Please choose another time."
    if second.starts_at - first.ends_at > MOST_APART:
        return "The two live hours lie at most 14 days apart. Plan a session of its own instead."
    return None


def night_minutes(hour: LiveHour, zone_name: str) -> int:
    """How many minutes of a live hour lie between 23:00 and 07:00 on the clocks of a zone."""
    # Minute by minute, because clocks may change within it.
    count = int((hour.ends_at - hour.starts_at) / _MINUTE)
    clocks = (local_of(hour.starts_at + number * _MINUTE, zone_name).time() for number in range(count))
    return sum(clock >= NIGHT_FROM or clock < NIGHT_TO for clock in clocks)


def better(hours: Sequence[LiveHour], zone_name: str) -> int:
    """The index of the hour to offer first in a zone: fewest minutes at night, then by day, then the earlier.

    Raises ValueError without any hour.
    """
    return min(range(len(hours)), key=lambda number: _burden(hours[number], zone_name))


def following(hours: Sequence[LiveHour], now: datetime) -> int:
    """The index of the hour that matters to a stranger at `now`: the next to end, else the last."""
    return next((number for number, hour in enumerate(hours) if now < hour.ends_at), len(hours) - 1)


def _burden(hour: LiveHour, zone_name: str) -> tuple[int, int, datetime]:
    _part, band = judge(local_of(hour.starts_at, zone_name), local_of(hour.ends_at, zone_name))
    return night_minutes(hour, zone_name), _BANDS.index(band), hour.starts_at
