"""What a clock showed before new zone data, and what it shows now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from webinar.timekeeping.offsets import Offsets, differ, read_plain
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.zones import UnknownZone, ZoneName, canonical, offset

Memory = Mapping[ZoneName, list[list[int]]]
"""What one release of the zone data said: zone name → `Offsets.plain()`."""


@dataclass(frozen=True)
class ClockChange:
    """A start as one reader's clock showed it by older zone data, and as it does now.

    `law_zone` is where the clocks changed, `zone_name` the reader's zone, `host_zone` the session's.
    `was_at` and `starts_at` are aware UTC, equal where only the reader's own clock has changed.
    `was_local` is naive, `was_offset` what it was read with.
    """

    law_zone: ZoneName
    zone_name: ZoneName
    host_zone: ZoneName
    was_at: datetime
    starts_at: datetime
    was_local: datetime
    was_offset: timedelta

    @property
    def now_local(self) -> datetime:
        """The start on the reader's clock by the zone data in use, naive."""
        return local_of(self.starts_at, self.zone_name)

    @property
    def is_moved(self) -> bool:
        """Whether the session takes place at another instant."""
        return self.was_at != self.starts_at

    @property
    def is_still(self) -> bool:
        """Whether the reader's clock shows what it did."""
        return self.was_local == self.now_local


def clock_change(
    memory: Memory | None,
    zone_name: ZoneName,
    *,
    host_zone: ZoneName,
    starts_local: datetime,
    was_at: datetime,
    starts_at: datetime,
) -> ClockChange:
    """How a start looks to somebody in `zone_name`, by the older release's `memory` and today.

    Without a memory the promise `starts_local` (naive, in `host_zone`) still tells what the host's own
    clock showed; elsewhere the present offset is taken. Raises UnknownZone.
    """
    known = _known(memory or {}, zone_name)
    was_offset = known.at(was_at) if known else None
    if was_offset is None and canonical(zone_name) == canonical(host_zone):
        was_offset = starts_local - was_at.replace(tzinfo=None)
    if was_offset is None:
        was_offset = offset(was_at, zone_name)
    return ClockChange(
        law_zone=zone_name if was_at == starts_at else host_zone,
        zone_name=zone_name,
        host_zone=host_zone,
        was_at=was_at,
        starts_at=starts_at,
        was_local=was_at.replace(tzinfo=None) + was_offset,
        was_offset=was_offset,
    )


@dataclass(frozen=True)
class Disagreement:
    """The zones about which two releases disagree after some instant, by their current names."""

    zones: Mapping[ZoneName, tuple[Offsets, Offsets]]

    def at(self, instant: datetime) -> frozenset[ZoneName]:
        """Those whose clocks show another time at an instant (aware) than by the older release."""
        return frozenset(
            name
            for name, (old, new) in self.zones.items()
            if None not in (then := (old.at(instant), new.at(instant))) and then[0] != then[1]
        )


def disagreement(old: Memory, new: Memory, since_at: datetime) -> Disagreement:
    """Where two releases disagree after `since_at` (aware)."""
    olds = {current: kept for name, kept in old.items() if (current := _current(name))}
    pairs = {name: (read_plain(olds[name]), read_plain(kept)) for name, kept in new.items() if name in olds}
    return Disagreement({name: pair for name, pair in pairs.items() if differ(*pair, since_at)})


def _known(memory: Memory, zone_name: ZoneName) -> Offsets | None:
    """What a memory says of a zone; an older release may hold it by an older name."""
    if zone_name in memory:
        return read_plain(memory[zone_name])
    wanted = canonical(zone_name)
    found = next((name for name in memory if _current(name) == wanted), None)
    return read_plain(memory[found]) if found else None


def _current(name: ZoneName) -> ZoneName | None:
    try:
        return canonical(name)
    except UnknownZone:
        return None
