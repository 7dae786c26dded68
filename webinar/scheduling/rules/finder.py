"""Finder: what each start of a day means in each city, and whom it leaves at night."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Band, judge
from webinar.timekeeping.zones import ZoneName

STEPS = (60, 30, 15)
"""Minutes between two columns."""


@dataclass(frozen=True)
class Place:
    """So many people live by the clock of a zone."""

    zone_name: ZoneName
    people: int


@dataclass(frozen=True)
class Cell:
    """A session in one place: its naive wall start there, its band, and the start's date minus UTC's."""

    starts_local: datetime
    band: Band
    day_shift: int


@dataclass(frozen=True)
class AtNight:
    """A place that a start leaves at night."""

    place: Place
    cell: Cell


@dataclass(frozen=True)
class Verdict:
    """A start judged for all: `awake` of `people` are not at night; the places at night, most people first."""

    start_at: datetime
    people: int
    awake: int
    at_night: tuple[AtNight, ...]

    @property
    def asleep(self) -> int:
        """How many people are at night."""
        return self.people - self.awake


def starts_of(day: date, step: int, also: Iterable[datetime] = ()) -> tuple[datetime, ...]:
    """Each start of a UTC day, `step` minutes apart, with those of `also` (aware UTC) that fall on it."""
    midnight = datetime.combine(day, time(), UTC)
    steps = {midnight + timedelta(minutes=minute) for minute in range(0, 1440, step)}
    return tuple(sorted(steps | {at for at in also if midnight <= at < midnight + timedelta(days=1)}))


def cell(start_at: datetime, minutes: int, zone_name: ZoneName) -> Cell:
    """A session that starts at an aware instant, as a place sees it."""
    start_at = start_at.astimezone(UTC)
    starts_local = local_of(start_at, zone_name)
    ends_local = local_of(start_at + timedelta(minutes=minutes), zone_name)
    shift = (starts_local.date() - start_at.date()).days
    return Cell(starts_local, judge(starts_local, ends_local)[1], shift)


def verdict(start_at: datetime, minutes: int, places: Sequence[Place]) -> Verdict:
    """What a start means for everybody."""
    cells = [(place, cell(start_at, minutes, place.zone_name)) for place in places]
    at_night = [AtNight(place, seen) for place, seen in cells if seen.band is Band.NIGHT]
    people = sum(place.people for place in places)
    return Verdict(
        start_at=start_at,
        people=people,
        awake=people - sum(each.place.people for each in at_night),
        at_night=tuple(sorted(at_night, key=lambda each: (-each.place.people, each.place.zone_name))),
    )
