"""Half-open stretches of time in UTC: joined, cut to a window, added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from webinar.timekeeping import checks


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """From `start` up to, not including, `end`: aware instants, kept in UTC.

    Raises NotAnInstant, and ValueError where the end lies before the start. Equal ends are empty.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", checks.instant(self.start))
        object.__setattr__(self, "end", checks.instant(self.end))
        if self.end < self.start:
            raise ValueError(f"An interval cannot end ({self.end}) before it starts ({self.start}).")

    @property
    def duration(self) -> timedelta:
        """Exact time from start to end."""
        return self.end - self.start

    @property
    def empty(self) -> bool:
        """Whether it holds no instant at all."""
        return self.start == self.end

    def holds(self, instant: datetime) -> bool:
        """Whether the aware `instant` lies inside; the end does not."""
        return self.start <= checks.instant(instant) < self.end

    def overlaps(self, other: Self) -> bool:
        """Whether both share an instant; touching ends do not."""
        return max(self.start, other.start) < min(self.end, other.end)


def merged(intervals: Iterable[Interval], gap: timedelta = timedelta()) -> list[Interval]:
    """The same time as disjoint intervals in order, empty ones dropped, pauses up to `gap` closed.

    With the default gap, only intervals that overlap or touch become one.
    Raises ValueError for a negative gap.
    """
    if gap < timedelta():
        raise ValueError("A gap cannot be negative.")
    joined: list[Interval] = []
    for each in sorted(one for one in intervals if not one.empty):
        if joined and each.start - joined[-1].end <= gap:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, each.end))
        else:
            joined.append(each)
    return joined


def clipped(intervals: Iterable[Interval], window: Interval) -> list[Interval]:
    """What of each interval lies inside `window`, in the given order; nothing empty."""
    return [
        Interval(max(each.start, window.start), min(each.end, window.end))
        for each in intervals
        if each.overlaps(window)
    ]


def total(intervals: Iterable[Interval]) -> timedelta:
    """Exact time covered by at least one interval: time covered twice counts once."""
    return sum((each.duration for each in merged(intervals)), timedelta())
