"""Which reminder is due, and how it says when: pure decisions over instants."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

OFFSETS = (1440, 60, 15)
"""Minutes before the start: a day, an hour, and when the doors open."""

_FARTHEST = timedelta(minutes=max(OFFSETS))


def latest_due(starts_at: datetime, now: datetime, offsets: Sequence[int] = OFFSETS) -> int | None:
    """The offset that is due at `now` before `starts_at` (both aware UTC); None: none yet, or begun.

    Only the latest: after an outage nobody gets yesterday's reminder together with the last one.
    """
    if now >= starts_at:
        return None
    due = [minutes for minutes in offsets if starts_at - timedelta(minutes=minutes) <= now]
    return min(due, default=None)


def farthest(now: datetime) -> datetime:
    """The latest start of which anybody is reminded at `now`."""
    return now + _FARTHEST


def is_outrun(offset_minutes: int, starts_at: datetime, now: datetime) -> bool:
    """Whether a reminder waited so long that a later one is due: that one alone goes out."""
    due = latest_due(starts_at, now)
    return due is not None and due < offset_minutes


class Day(StrEnum):
    """How a reminder names the day of the start."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    WEEKDAY = "weekday"


def day_of(start_local: datetime, now_local: datetime) -> Day:
    """The word for the start's day, seen from `now_local`; both naive, of the reader's zone."""
    ahead = (start_local.date() - now_local.date()).days
    return {0: Day.TODAY, 1: Day.TOMORROW}.get(ahead, Day.WEEKDAY)


def minutes_left(starts_at: datetime, now: datetime) -> int:
    """Minutes to the start as people say them: by fives from ten up, so that 58 is an hour; at least 1."""
    minutes = round((starts_at - now).total_seconds() / 60)
    return max(5 * round(minutes / 5), 10) if minutes >= 10 else max(minutes, 1)
