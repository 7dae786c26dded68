"""What a time says to the person reading it: day part, band, shift of date. Codes and values, no prose."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from webinar.timekeeping import checks
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.zones import ZoneName, city, offset_label


class DayPart(StrEnum):
    """The part of the day in which something starts, by the wall clock (design specification 3.1)."""

    NIGHT = "night"  # 23–07
    EARLY_MORNING = "early_morning"  # 07–08
    MORNING = "morning"  # 08–12
    AFTERNOON = "afternoon"  # 12–17
    EVENING = "evening"  # 17–21
    LATE_EVENING = "late_evening"  # 21–23


class Band(StrEnum):
    """How the whole of a session lies in somebody's day, by the wall clock."""

    DAY = "day"  # inside 08–21
    EDGE = "edge"  # inside 07–23
    NIGHT = "night"  # anything else, so also whatever runs over midnight


_PARTS: tuple[tuple[time, DayPart], ...] = (
    (time(23), DayPart.NIGHT),
    (time(21), DayPart.LATE_EVENING),
    (time(17), DayPart.EVENING),
    (time(12), DayPart.AFTERNOON),
    (time(8), DayPart.MORNING),
    (time(7), DayPart.EARLY_MORNING),
    (time(0), DayPart.NIGHT),
)


def judge(start_local: datetime, end_local: datetime) -> tuple[DayPart, Band]:
    """Word and band of a session between two naive wall times of one zone.

    The word names the start, the band judges the whole session; an end at 21:00 is still day, one at
    23:00 still edge. Raises NotAWallTime.
    """
    start_local, end_local = checks.wall(start_local), checks.wall(end_local)
    part = next(part for since, part in _PARTS if start_local.time() >= since)
    return part, _band(start_local, end_local)


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """Everything about a session's time as one viewer sees it; made by `showing`.

    `start_at` and `end_at` are aware UTC, `start_local` and `end_local` naive wall times in `zone_name`.
    `offset_label` is the offset at the start, `end_offset_label` the one at the end; `clock_change` says
    that they differ.
    `ends_days_later` counts midnights between start and end (0, 1, or more for a window of days).
    `day_shift` is the start's date here minus its date in the reference zone, in days: +1 is "next day"
    (±2 only between the far ends of the date line).
    `starts_in` is start minus now, negative once it has begun.
    """

    start_at: datetime
    end_at: datetime
    zone_name: ZoneName
    city: str
    offset_label: str
    end_offset_label: str
    start_local: datetime
    end_local: datetime
    day_part: DayPart
    band: Band
    ends_days_later: int
    day_shift: int
    starts_in: timedelta

    @property
    def runs_into_night(self) -> bool:
        """Whether any part lies between 23:00 and 07:00 for the viewer."""
        return self.band is Band.NIGHT

    @property
    def clock_change(self) -> bool:
        """Whether clocks change between start and end, so that the two wall times mislead."""
        return self.offset_label != self.end_offset_label

    @property
    def duration(self) -> timedelta:
        """Exact time from start to end."""
        return self.end_at - self.start_at


def showing(
    start_at: datetime,
    end_at: datetime,
    zone_name: ZoneName,
    *,
    now: datetime,
    reference_zone: ZoneName | None = None,
) -> Showing:
    """A session's time as seen in `zone_name`; instants aware, `reference_zone` usually the host's.

    Raises NotAnInstant, UnknownZone, and ValueError where the end lies before the start.
    """
    start_at, end_at, now = checks.instant(start_at), checks.instant(end_at), checks.instant(now)
    if end_at < start_at:
        raise ValueError("A session cannot end before it starts.")
    start_local, end_local = local_of(start_at, zone_name), local_of(end_at, zone_name)
    day_part, band = judge(start_local, end_local)
    reference_local = local_of(start_at, reference_zone or zone_name)
    return Showing(
        start_at=start_at,
        end_at=end_at,
        zone_name=zone_name,
        city=city(zone_name),
        offset_label=offset_label(start_at, zone_name),
        end_offset_label=offset_label(end_at, zone_name),
        start_local=start_local,
        end_local=end_local,
        day_part=day_part,
        band=band,
        ends_days_later=(end_local.date() - start_local.date()).days,
        day_shift=(start_local.date() - reference_local.date()).days,
        starts_in=start_at - now,
    )


def _band(start_local: datetime, end_local: datetime) -> Band:
    if start_local.date() != end_local.date():
        return Band.NIGHT
    if start_local.time() >= time(8) and end_local.time() <= time(21):
        return Band.DAY
    if start_local.time() >= time(7) and end_local.time() <= time(23):
        return Band.EDGE
    return Band.NIGHT
