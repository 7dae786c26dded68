"""Clock shifts: on which dates of a series clocks elsewhere stand otherwise than usual against the organiser's.

A series keeps its wall time in the organiser's zone. Elsewhere its hour changes whenever one of both zones
changes its clocks and the other does not, for weeks (London and New York), for half a year (a zone without
daylight saving) or for Ramadan (Morocco).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from webinar.scheduling.rules.amounts import day_of, listed, of_people
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.zones import ZoneName, city, offset

_MOST_DATES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Region:
    """People who live by one clock."""

    zone_name: ZoneName
    people: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive sessions at an unusual hour: naive wall times, `local` in the region's zone, `usual_local`
    where it would be as usual. `dates` are the organiser's, by which the series is known."""

    local: datetime
    usual_local: datetime
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ClockShift:
    """Where and when the clock of a region differs from what is usual; `sessions` were looked at."""

    region: Region
    stretches: tuple[Stretch, ...]
    sessions: int

    @property
    def dates(self) -> tuple[date, ...]:
        """Every date at an unusual hour, the organiser's, by time."""
        return tuple(day for stretch in self.stretches for day in stretch.dates)


def clock_shifts(
    starts: Sequence[datetime], organiser: ZoneName, regions: Iterable[Region]
) -> tuple[ClockShift, ...]:
    """For each region whose clock differs on some date, the dates; most people first, then as given.

    `starts` are the instants (aware) of the sessions of a series, `organiser` the zone whose wall time
    they keep. Raises NotAnInstant, UnknownZone.
    """
    by_time = sorted(starts)
    found = (
        ClockShift(region, tuple(_stretches(by_time, organiser, region.zone_name)), len(by_time))
        for region in sorted(regions, key=lambda region: -region.people)
    )
    return tuple(shift for shift in found if shift.stretches)


def usual_ahead(starts: Sequence[datetime], organiser: ZoneName, elsewhere: ZoneName) -> timedelta | None:
    """How far the clock elsewhere is ahead of the organiser's on most dates; of equals the earliest.

    None without dates. Raises NotAnInstant, UnknownZone.
    """
    counted = Counter(ahead(start_at, organiser, elsewhere) for start_at in sorted(starts))
    # Counter keeps the order of first meeting, and max takes the first of equals.
    return max(counted, key=lambda each: counted[each], default=None)


def ahead(at: datetime, organiser: ZoneName, elsewhere: ZoneName) -> timedelta:
    """How far the clock elsewhere is ahead of the organiser's at an instant (aware)."""
    return offset(at, elsewhere) - offset(at, organiser)


def unusual_hour(
    start_at: datetime, series_starts: Sequence[datetime], organiser: ZoneName, reader: ZoneName
) -> tuple[datetime, datetime] | None:
    """For one reader of one session: its naive wall time there, and the one it would be at as usual.

    None where clocks stand as usual, or where the session has another wall time than most of its series:
    then people were told of a move, and clocks are not why. Instants aware.
    """
    usual = usual_ahead(series_starts, organiser, reader)
    if usual is None or ahead(start_at, organiser, reader) == usual:
        return None
    hours = Counter(local_of(each, organiser).time() for each in sorted(series_starts))
    host_local = local_of(start_at, organiser)
    if host_local.time() != max(hours, key=lambda each: hours[each]):
        return None
    return local_of(start_at, reader), host_local + usual


def series_sentences(shift: ClockShift, everybody: int) -> tuple[str, ...]:
    """What an organiser reads of one region, a sentence for each unusual hour; 0 people names no numbers."""
    where = _where(shift.region, everybody)
    return tuple(
        f"{_when(stretches)} it is {_hours(stretches[0], where)}." for stretches in _by_hour(shift.stretches)
    )


def session_sentence(shift: ClockShift, day: date, everybody: int) -> str | None:
    """What an organiser reads of one region about the session of one date (theirs); None as usual."""
    for stretch in shift.stretches:
        if day in stretch.dates:
            hours = _hours(stretch, _where(shift.region, everybody))
            return f"Clocks have changed: this session is at {hours} as usual in this series. Their mails say so."
    return None


def _stretches(starts: Sequence[datetime], organiser: ZoneName, elsewhere: ZoneName) -> Iterator[Stretch]:
    usual = usual_ahead(starts, organiser, elsewhere)
    for there, group in groupby(starts, key=lambda each: _steady(each, organiser, elsewhere)):
        if usual is None or there[1] == usual:
            continue
        met = list(group)
        host_local = local_of(met[0], organiser)
        yield Stretch(
            local=local_of(met[0], elsewhere),
            usual_local=host_local + usual,
            dates=tuple(local_of(each, organiser).date() for each in met),
        )


def _steady(at: datetime, organiser: ZoneName, elsewhere: ZoneName) -> tuple[object, timedelta]:
    """What stays the same through a stretch: the organiser's hour, and how far the other clock is ahead."""
    return local_of(at, organiser).time(), ahead(at, organiser, elsewhere)


def _by_hour(stretches: Sequence[Stretch]) -> Iterable[list[Stretch]]:
    groups: dict[tuple[object, object], list[Stretch]] = {}
    for stretch in stretches:
        groups.setdefault((stretch.local.time(), stretch.usual_local.time()), []).append(stretch)
    return groups.values()


def _hours(stretch: Stretch, where: str) -> str:
    """ "01:00 the next day in Tokyo instead of 02:00"; the day is said again only where it differs."""
    host = stretch.dates[0]
    day, usual_day = _day(stretch.local.date(), host), _day(stretch.usual_local.date(), host)
    usual = "" if usual_day == day else usual_day or " the same day"
    return f"{stretch.local:%H:%M}{day} {where} instead of {stretch.usual_local:%H:%M}{usual}"


def _day(there: date, host: date) -> str:
    if there == host:
        return ""
    return " the next day" if there > host else " the day before"


def _when(stretches: Sequence[Stretch]) -> str:
    """ "On 27 October and 3 November 2026", or from–to with the number of sessions."""
    dates = [day for stretch in stretches for day in stretch.dates]
    if len(dates) <= _MOST_DATES_NAMED:
        return f"On {listed(_short(dates))}"
    words = listed([_span(stretch.dates) for stretch in stretches])
    return f"{words[0].upper()}{words[1:]}"


def _span(dates: Sequence[date]) -> str:
    if len(dates) == 1:
        return f"on {day_of(dates[0])}"
    return f"from {day_of(dates[0])} to {day_of(dates[-1])} ({len(dates)} sessions)"


def _short(dates: Sequence[date]) -> list[str]:
    """Each date; the year only where the next one's is another."""
    years = [*(day.year for day in dates[1:]), None]
    return [
        day_of(day) if day.year != later else f"{day.day} {day:%B}"
        for day, later in zip(dates, years, strict=True)
    ]


def _where(region: Region, everybody: int) -> str:
    there = f"in {city(region.zone_name)}"
    return f"{there} ({of_people(region.people, everybody)})" if everybody else there
