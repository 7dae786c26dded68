"""Joins and leaves of one person become the union of the time inside the meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from webinar.attendance.format import Span
from webinar.timekeeping.intervals import Interval, merged


@dataclass(frozen=True, slots=True)
class Stay:
    """A time inside from a join to a leave, aware UTC; `end` is None while unknown."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True, order=True, slots=True)
class Event:
    """A single join or leave at an aware UTC instant. At one instant joins sort before leaves."""

    at: datetime
    left: bool


def paired(events: Iterable[Event]) -> tuple[list[Stay], int]:
    """Stays from depth 0 to depth 0, and how many leaves had no join before them."""
    stays: list[Stay] = []
    depth, start, stray = 0, None, 0
    for event in sorted(events):
        if event.left and depth == 0:
            stray += 1
        elif event.left:
            depth -= 1
            if depth == 0 and start is not None:
                stays.append(Stay(start, event.at))
        else:
            start = event.at if depth == 0 else start
            depth += 1
    if depth and start is not None:
        stays.append(Stay(start, None))
    return stays, stray


def union(stays: Iterable[Stay]) -> tuple[Span, ...]:
    """The same time as sorted, disjoint spans; touching ones are one, empty ones vanish.

    An open stay swallows everything from its start on. No stay may end before it starts.
    """
    known = list(stays)
    closed = merged(Interval(stay.start, stay.end) for stay in known if stay.end is not None)
    opened = min((stay.start for stay in known if stay.end is None), default=None)
    if opened is None:
        return tuple(Span(each.start, each.end) for each in closed)
    start = min((each.start for each in closed if each.start <= opened <= each.end), default=opened)
    before = [Span(each.start, each.end) for each in closed if each.end < start]
    return (*before, Span(start, None))
