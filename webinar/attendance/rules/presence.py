"""Presence: how long somebody was in a session, from all that the reports say of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from webinar.timekeeping.intervals import Interval, clipped, merged, total


class Source(StrEnum):
    """What a time present rests on."""

    REPORT = "report"
    STATED = "stated minutes"


@dataclass(frozen=True)
class Told:
    """What one identity of one report says: closed intervals, or only a total (`stated`), or neither."""

    intervals: tuple[Interval, ...] = ()
    stated: timedelta | None = None


@dataclass(frozen=True)
class Present:
    """Time present in whole seconds; `intervals` are disjoint, inside the session, empty for stated totals."""

    seconds: int
    intervals: tuple[Interval, ...]
    source: Source


def present(told: Iterable[Told], window: Interval) -> Present | None:
    """The union of all intervals inside the session's `window`; None where nobody tells any time.

    Intervals outweigh totals. Totals are never added up: two devices, or two reports of one meeting,
    would count twice; the largest counts, at most the length of the session.
    """
    heard = list(told)
    intervals = [interval for each in heard for interval in each.intervals]
    if intervals:
        inside = tuple(merged(clipped(intervals, window)))
        return Present(_seconds(total(inside)), inside, Source.REPORT)
    stated = [each.stated for each in heard if each.stated is not None]
    if not stated:
        return None
    return Present(_seconds(min(max(stated), window.duration)), (), Source.STATED)


def misses(told: Iterable[Told], window: Interval) -> bool:
    """Whether times are told and not one of them touches the session: a wrong file, or a wrong zone."""
    intervals = [interval for each in told for interval in each.intervals]
    return bool(intervals) and not clipped(intervals, window)


def _seconds(duration: timedelta) -> int:
    return duration // timedelta(seconds=1)
