"""Burden: what a session's hour costs the people of one clock, as a whole number."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from webinar.timekeeping.wording import Band, judge
from webinar.timekeeping.zones import ZoneName, zone

NONE, EDGE, NIGHT, DEEP_NIGHT = 0, 1, 4, 6
"""Inside 08–21; inside 07–23; touching the night; touching 01–05. Four late evenings weigh one night."""

_SOME_DAY = datetime(2000, 1, 2)  # noqa: DTZ001  a wall time without a zone
_DAY_MINUTES = 1440


def burden(minute: int, minutes: int) -> int:
    """The burden of a session that starts at `minute` (0–1439) of a local day and lasts `minutes`.

    It judges the whole session as `timekeeping.wording.judge` does, so that it is NIGHT or more exactly
    where the band is night.
    """
    start_local = _SOME_DAY + timedelta(minutes=minute)
    end_local = start_local + timedelta(minutes=minutes)
    band = judge(start_local, end_local)[1]
    if band is Band.NIGHT:
        return DEEP_NIGHT if _touches_deep_night(start_local, end_local) else NIGHT
    return EDGE if band is Band.EDGE else NONE


def burden_at(start_at: datetime, minutes: int, zone_name: ZoneName) -> int:
    """The burden of one session, starting at an aware instant, for people who live by `zone_name`."""
    return burdens((start_at,), minutes, (zone_name,))[0][0]


def burdens(
    starts: Sequence[datetime], minutes: int, zone_names: Sequence[ZoneName]
) -> list[tuple[int, ...]]:
    """For each of several starts (aware instants within some days) its burden in each zone.

    One clock change among them is seen; no zone has two within days.
    """
    if not starts or not zone_names:
        return [()] * len(starts)
    utc = tuple(_utc_minute(at) for at in starts)
    first, last = min(starts), max(starts)
    rows = []
    for zone_name in zone_names:
        shift = _offset(first, zone_name)
        if shift == _offset(last, zone_name):
            rows.append(_by_offset(utc, minutes, shift))
        else:
            shifts = [_offset(at, zone_name) for at in starts]
            found = {each: _by_offset(utc, minutes, each) for each in set(shifts)}
            rows.append(tuple(found[each][number] for number, each in enumerate(shifts)))
    return list(zip(*rows, strict=True))


@lru_cache(maxsize=512)
def _by_offset(utc: tuple[int, ...], minutes: int, shift: int) -> tuple[int, ...]:
    # The weeks of a season ask for the same again and again.
    two_days, later = _two_days(minutes), shift % _DAY_MINUTES
    return tuple([two_days[minute + later] for minute in utc])


@lru_cache(maxsize=32)
def _two_days(minutes: int) -> list[int]:
    return [burden(minute, minutes) for minute in range(_DAY_MINUTES)] * 2


def _utc_minute(at: datetime) -> int:
    utc = at.astimezone(UTC)
    return utc.hour * 60 + utc.minute


def _offset(at: datetime, zone_name: ZoneName) -> int:
    shift = at.astimezone(zone(zone_name)).utcoffset() or timedelta()
    return int(shift.total_seconds() // 60)


def _touches_deep_night(start_local: datetime, end_local: datetime) -> bool:
    midnight = start_local.replace(hour=0, minute=0)
    nights = (midnight + timedelta(days=day) for day in range((end_local - midnight).days + 1))
    return any(
        start_local < night + timedelta(hours=5) and end_local > night + timedelta(hours=1)
        for night in nights
    )
