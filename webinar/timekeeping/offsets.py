"""The offsets of a zone through some years: every change, and what two releases of zone data disagree on."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from webinar.timekeeping import checks
from webinar.timekeeping.zones import Place, Zone, place

STEP = timedelta(days=10)
"""No zone goes there and back within ten days; Morocco's month of Ramadan is the shortest visit."""
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Change:
    """At `at` (aware UTC) a zone's offset from UTC becomes `after`; until then it was `before`."""

    at: datetime
    before: timedelta
    after: timedelta


@dataclass(frozen=True)
class Offsets:
    """A zone's offsets from `since_at` until `until_at` (aware UTC): the first, then each change."""

    since_at: datetime
    until_at: datetime
    first: timedelta
    changes: tuple[Change, ...]

    def at(self, instant: datetime) -> timedelta | None:
        """The offset at an instant; None outside of what is known."""
        if not self.since_at <= instant < self.until_at:
            return None
        index = bisect_right(self.changes, instant, key=lambda change: change.at)
        return self.changes[index - 1].after if index else self.first

    def plain(self) -> list[list[int]]:
        """As seconds, for keeping: [since, offset], then [instant, offset] of each change, then [until]."""
        steps = [[_posix(change.at), _seconds(change.after)] for change in self.changes]
        return [[_posix(self.since_at), _seconds(self.first)], *steps, [_posix(self.until_at)]]


def offsets_of(where: Place, since_at: datetime, until_at: datetime) -> Offsets:
    """What a zone adds to UTC from `since_at` until `until_at`, both aware. Raises UnknownZone."""
    since_at, until_at = checks.instant(since_at), checks.instant(until_at)
    return Offsets(
        since_at, until_at, _offset(since_at, place(where)), tuple(changes_between(where, since_at, until_at))
    )


def changes_between(where: Place, since_at: datetime, until_at: datetime) -> Iterator[Change]:
    """Each change of a zone's offset after `since_at` and before `until_at`, in order, to the second."""
    zone = place(where)
    low, before = since_at, _offset(since_at, zone)
    while low < until_at:
        high = min(low + STEP, until_at)
        after = _offset(high, zone)
        if after != before and (at := _turning(low, high, zone)) < until_at:
            yield Change(at, before, after)
        low, before = high, after


def read_plain(kept: list[list[int]]) -> Offsets:
    """What `Offsets.plain` gave, as offsets again."""
    (since, first), *steps, (until,) = kept
    afters = [first, *(after for _, after in steps)]
    changes = tuple(
        Change(_instant(at), timedelta(seconds=before), timedelta(seconds=after))
        for (at, after), before in zip(steps, afters, strict=False)
    )
    return Offsets(_instant(since), _instant(until), timedelta(seconds=first), changes)


def differ(old: Offsets, new: Offsets, since_at: datetime) -> bool:
    """Whether two releases disagree about a zone anywhere after `since_at` that both know of."""
    since_at = max(since_at, old.since_at, new.since_at)
    until_at = min(old.until_at, new.until_at)
    if since_at >= until_at:
        return False
    turns = [[c for c in each.changes if since_at < c.at < until_at] for each in (old, new)]
    return old.at(since_at) != new.at(since_at) or turns[0] != turns[1]


def _turning(low: datetime, high: datetime, zone: Zone) -> datetime:
    """The first second with the offset of `high`, which is another than at `low`."""
    before = _offset(low, zone)
    while high - low > SECOND:
        middle = low + (high - low) // 2
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high.replace(microsecond=0)


def _offset(instant: datetime, zone: Zone) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _posix(at: datetime) -> int:
    return int(at.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _seconds(shift: timedelta) -> int:
    return int(shift.total_seconds())
