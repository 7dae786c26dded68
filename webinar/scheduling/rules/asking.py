"""When voters are reminded, and whether a poll still takes answers."""

from datetime import datetime, timedelta

REMINDED_BEFORE = (timedelta(days=2), timedelta(hours=6))
"""Before the deadline, the earliest first."""
PEACE = timedelta(hours=12)
"""Nobody is reminded so soon after the question came."""


def takes_answers(now: datetime, deadline_at: datetime, closed_at: datetime | None) -> bool:
    """Whether answers are taken at `now`; all aware UTC."""
    return closed_at is None and now < deadline_at


def reminder_due(now: datetime, asked_at: datetime, deadline_at: datetime) -> int | None:
    """Which reminder is due at `now`: hours before the deadline (48 or 6), or None. Instants aware UTC.

    A worker that was away catches up with the last one only, and never after the deadline.
    """
    reached = [before for before in REMINDED_BEFORE if deadline_at - before <= now < deadline_at]
    if not reached or deadline_at - reached[-1] < asked_at + PEACE:
        return None
    return int(reached[-1] / timedelta(hours=1))
