"""Local days and half days: from midnight to midnight in the event's zone, be they 23, 24 or 25 hours."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from webinar.credits.rules.activity import seconds
from webinar.credits.rules.spans import Spans, cut
from webinar.timekeeping.zones import Zone

_MIDNIGHT = time(0)


def by_day(spans: Spans, zone: Zone) -> dict[date, Spans]:
    """The time of each local day of `zone` that has any, in order."""
    days = sorted({day for span in spans for day in _days_of(span[0], span[1], zone)})
    split = {day: cut(spans, ((_clock(day, _MIDNIGHT, zone), _next_midnight(day, zone)),)) for day in days}
    return {day: inside for day, inside in split.items() if inside}


def halves(spans: Spans, day: date, zone: Zone, half_day_at: time) -> tuple[Spans, Spans]:
    """The time of a local day before and from `half_day_at` on the local clock."""
    start, noon, end = _clock(day, _MIDNIGHT, zone), _clock(day, half_day_at, zone), _next_midnight(day, zone)
    return cut(spans, ((start, noon),)), cut(spans, ((noon, end),))


def _days_of(start: int, end: int, zone: Zone) -> Iterator[date]:
    day, last = _day(start, zone), _day(end - 1, zone)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _day(second: int, zone: Zone) -> date:
    return datetime.fromtimestamp(second, UTC).astimezone(zone).date()


def _next_midnight(day: date, zone: Zone) -> int:
    return _clock(day + timedelta(days=1), _MIDNIGHT, zone)


def _clock(day: date, wall: time, zone: Zone) -> int:
    # fold=0: a midnight that comes twice begins the day at its first, a skipped one at the change itself.
    return seconds(datetime.combine(day, wall, tzinfo=zone).astimezone(UTC))
