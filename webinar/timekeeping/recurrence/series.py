"""A recurring session and its occurrences: wall times localised, dates taken out, added and moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Self

from webinar.timekeeping import checks
from webinar.timekeeping.recurrence.rule import Rule
from webinar.timekeeping.recurrence.values import NO_TIME, Kind, Length, Stamp, WallEnd
from webinar.timekeeping.recurrence.walls import rule_dates
from webinar.timekeeping.wall import Certain, Fold, Gap, instant_of, local_of, resolve
from webinar.timekeeping.zones import ZoneName

LIMIT = 10_000
"""More dates than this no rule may ask for."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One date that differs: found by its `original` start, moved to `start` (in `zone_name`), or cancelled.

    What is None stays as in the series.
    """

    original: Stamp
    start: Stamp | None = None
    zone_name: ZoneName | None = None
    length: Length | WallEnd | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A session that may repeat: first start as naive wall time in `zone_name`, and what follows from it.

    `extra` and `excluded` are RDATE and EXDATE; a date among `excluded` takes away all of that local day.
    An all-day event has midnights as wall times and "Etc/UTC" as its zone, since a date has none.
    """

    start_local: datetime
    zone_name: ZoneName
    length: Length | WallEnd = NO_TIME
    rule: Rule | None = None
    extra: tuple[Stamp, ...] = ()
    excluded: tuple[Stamp, ...] = ()
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One session: instants aware UTC, `start_local` the naive wall time in `zone_name`.

    `original_at` is where the rule puts it (RECURRENCE-ID), equal to `start_at` unless it was moved.
    `doubt` tells that the wall time was skipped or doubled by a clock change (RFC 5545 3.3.5 applied).
    """

    original_at: datetime
    start_at: datetime
    end_at: datetime
    start_local: datetime
    zone_name: ZoneName
    doubt: Gap | Fold | None


@dataclass(frozen=True, slots=True)
class Expansion:
    """Occurrences by time.

    `complete` says that nothing was cut off, `outside` that the start is none of its own rule's dates.
    """

    occurrences: tuple[Occurrence, ...]
    complete: bool
    outside: bool


def occurrences(recurrence: Recurrence, *, limit: int = LIMIT, until_at: datetime | None = None) -> Expansion:
    """The occurrences of a series: at most `limit` dates of its rule.

    `until_at` (aware) leaves out what the rule puts later. Two dates on one instant are one. COUNT counts
    dates that are excluded, moved or cancelled; UNTIL is inclusive. A start outside its own rule is the
    first date and counts. An override that meets no date is a session of its own. Raises ValueError for a
    limit outside 1 to 10,000, RecurrenceRefused, OutOfYears, UnknownZone.
    """
    if not 1 <= limit <= LIMIT:
        raise ValueError(f"A limit lies between 1 and {LIMIT}.")
    until_at = checks.instant(until_at) if until_at else None
    walls = list(islice(_walls(recurrence, until_at), limit + 1))
    planned = _planned(recurrence, walls[:limit], until_at)
    kept = sorted(_overridden(recurrence, planned), key=lambda each: (each.start_at, each.original_at))
    return Expansion(tuple(kept), _complete(recurrence.rule, walls, limit, until_at), _outside(recurrence))


def _walls(recurrence: Recurrence, until_at: datetime | None) -> Iterator[datetime]:
    """The wall times of start and rule, start first, up to COUNT, UNTIL and `until_at`."""
    rule = recurrence.rule
    if rule is None:
        return iter((recurrence.start_local,))
    last = min(_last_locals(recurrence, until_at), default=None)
    return islice(_members(recurrence, rule, last), rule.count)


def _members(recurrence: Recurrence, rule: Rule, last: datetime | None) -> Iterator[datetime]:
    yield recurrence.start_local
    for local in rule_dates(rule, recurrence.start_local, last):
        if local != recurrence.start_local and _within(recurrence, local):
            yield local


def _last_locals(recurrence: Recurrence, until_at: datetime | None) -> Iterator[datetime]:
    """Wall times after which nothing can lie before the ends; two days are more than any clock goes back."""
    until = recurrence.rule.until if recurrence.rule else None
    ends = [until_at] if until_at else []
    if until is not None:
        ends.append(until.at(recurrence.zone_name))
    return (local_of(each, recurrence.zone_name) + 2 * _DAY for each in ends)


def _within(recurrence: Recurrence, local: datetime) -> bool:
    """Whether a wall time lies within UNTIL, inclusive; a date means the whole of that local day."""
    until = recurrence.rule.until if recurrence.rule else None
    if until is None:
        return True
    if until.kind is Kind.DATE:
        return local < until.local + _DAY
    return instant_of(local, recurrence.zone_name) <= until.at(recurrence.zone_name)


def _outside(recurrence: Recurrence) -> bool:
    start, rule = recurrence.start_local, recurrence.rule
    if rule is None:
        return False
    return next(rule_dates(rule, start, start), None) != start or not _within(recurrence, start)


def _complete(rule: Rule | None, walls: list[datetime], limit: int, until_at: datetime | None) -> bool:
    if len(walls) > limit:
        return False
    return rule is None or bool(rule.until or until_at) or len(walls) == rule.count


def _planned(
    recurrence: Recurrence, walls: list[datetime], until_at: datetime | None
) -> dict[datetime, datetime]:
    """Instant → wall time of every date before overrides: rule and RDATE without EXDATE."""
    zone_name = recurrence.zone_name
    planned: dict[datetime, datetime] = {}
    for local in walls:
        planned.setdefault(instant_of(local, zone_name), local)
    for extra in recurrence.extra:
        at = extra.at(zone_name)
        planned.setdefault(at, extra.local if extra.kind is not Kind.UTC else local_of(at, zone_name))
    excluded = _Excluded.of(recurrence)
    return {
        at: local
        for at, local in planned.items()
        if not excluded.holds(at, local) and (until_at is None or at <= until_at)
    }


@dataclass(frozen=True, slots=True)
class _Excluded:
    """What EXDATE takes away: instants and whole local days."""

    instants: frozenset[datetime]
    days: frozenset[date]

    @classmethod
    def of(cls, recurrence: Recurrence) -> Self:
        dated = [each for each in recurrence.excluded if each.kind is Kind.DATE]
        timed = [each for each in recurrence.excluded if each.kind is not Kind.DATE]
        return cls(
            frozenset(each.at(recurrence.zone_name) for each in timed),
            frozenset(each.local.date() for each in dated),
        )

    def holds(self, at: datetime, local: datetime) -> bool:
        return at in self.instants or local.date() in self.days


def _overridden(recurrence: Recurrence, planned: dict[datetime, datetime]) -> Iterator[Occurrence]:
    zone_name = recurrence.zone_name
    overrides = {each.original.at(zone_name): each for each in recurrence.overrides}
    for at, local in planned.items():
        override = overrides.pop(at, None)
        if override is None:
            yield _occurrence(at, local, zone_name, recurrence.length)
        elif not override.cancelled:
            yield _moved(recurrence, at, local, override)
    excluded = _Excluded.of(recurrence)
    for at, override in overrides.items():
        local = local_of(at, zone_name)
        if not override.cancelled and not excluded.holds(at, local):
            yield _moved(recurrence, at, local, override)


def _moved(recurrence: Recurrence, at: datetime, local: datetime, override: Override) -> Occurrence:
    zone_name = override.zone_name or recurrence.zone_name
    length = override.length or recurrence.length
    if isinstance(length, WallEnd) and override.length is None and zone_name != recurrence.zone_name:
        # An end by the clocks of the old place says nothing in the new one: keep the exact length.
        length = Length(exact=_end(length, local, at, recurrence.zone_name) - at)
    if override.start is None:
        return _occurrence(at, local, recurrence.zone_name, length)
    start_at = override.start.at(zone_name)
    start_local = (
        override.start.local if override.start.kind is not Kind.UTC else local_of(start_at, zone_name)
    )
    return _occurrence(at, start_local, zone_name, length, start_at)


def _occurrence(
    original_at: datetime,
    local: datetime,
    zone_name: ZoneName,
    length: Length | WallEnd,
    start_at: datetime | None = None,
) -> Occurrence:
    meaning = resolve(local, zone_name)
    return Occurrence(
        original_at=original_at,
        start_at=start_at or original_at,
        end_at=_end(length, local, start_at or original_at, zone_name),
        start_local=local,
        zone_name=zone_name,
        doubt=None if isinstance(meaning, Certain) else meaning,
    )


def _end(length: Length | WallEnd, local: datetime, start_at: datetime, zone_name: ZoneName) -> datetime:
    """The end (aware UTC): days are nominal, hours exact (3.3.6), a DTEND is a wall time."""
    if isinstance(length, WallEnd):
        end_at = instant_of(local + length.after, length.zone_name)
        skipped = end_at < start_at and length.zone_name == zone_name  # the start was moved out of a gap
        return start_at + length.after if skipped else end_at
    base = instant_of(local + timedelta(days=length.days), zone_name) if length.days else start_at
    return base + length.exact
