"""Wall times become instants, once day order and zone are known."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from webinar.attendance.format import DayOrder
from webinar.attendance.formats.reading.stamp import Stamp
from webinar.timekeeping.wall import Certain, Fold, Resolution, resolve
from webinar.timekeeping.zones import Zone


@dataclass
class Instants:
    """Turns stamps into aware UTC instants; counts those that a clock change makes doubtful."""

    order: DayOrder
    zone: Zone | None
    doubtful: int = field(default=0, init=False)
    _known: dict[Stamp | None, datetime | Resolution | None] = field(default_factory=dict, init=False)

    def of(self, stamp: Stamp | None) -> datetime | None:
        """The instant of a stamp: in a gap the offset before it, in a fold the first (RFC 5545 3.3.5)."""
        met = self._met(stamp)
        if met is None or isinstance(met, datetime):
            return met
        if isinstance(met, Certain):
            return met.instant
        self.doubtful += 1
        return met.earlier.instant if isinstance(met, Fold) else met.later.instant

    def plain(self, stamp: Stamp) -> datetime | None:
        """The instant of a stamp for sorting: nothing is counted."""
        counted = self.doubtful
        found = self.of(stamp)
        self.doubtful = counted
        return found

    def stay(self, join: Stamp | None, leave: Stamp | None) -> tuple[datetime | None, datetime | None]:
        """Both ends of a stay; a doubled leave is the second one where the first precedes the join."""
        start, end = self.of(join), self.of(leave)
        met = self._met(leave)
        if start and end and end < start and isinstance(met, Fold):
            return start, met.later.instant
        return start, end

    def _met(self, stamp: Stamp | None) -> datetime | Resolution | None:
        if stamp not in self._known:
            self._known[stamp] = self._resolved(stamp)
        return self._known[stamp]

    def _resolved(self, stamp: Stamp | None) -> datetime | Resolution | None:
        local = stamp.local(self.order) if stamp else None
        if stamp is None or local is None:
            return None
        if stamp.offset is not None:
            return local.replace(tzinfo=UTC) - stamp.offset
        return resolve(local, self.zone) if self.zone else None
