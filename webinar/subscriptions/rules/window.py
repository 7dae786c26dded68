"""Window: which sessions a feed shows on a day."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

PAST_DAYS, COMING_DAYS = 90, 548
CANCELLED_DAYS = 30
MOST_EVENTS = 1_000
MOST_BYTES = 1_000_000
MOST_OF_HISTORY = 10_000


@dataclass(frozen=True)
class Window:
    """What a feed shows: sessions starting in [first_at, last_at), cancelled ones since `cancelled_at`.

    All aware UTC midnights, so that time alone changes a feed at most once a day. Of more than
    `most_events` or `most_bytes` the earliest are left out.
    """

    day_at: datetime
    first_at: datetime
    last_at: datetime
    cancelled_at: datetime
    most_events: int = MOST_EVENTS
    most_bytes: int = MOST_BYTES

    @property
    def day(self) -> str:
        """The day of the window as the store keeps it."""
        return self.day_at.date().isoformat()


def window(now: datetime, *, whole: bool = False) -> Window:
    """The window of a feed read at `now` (aware UTC): −90 days to +18 months, or with `whole` all of it.

    Sessions cancelled long ago stay out of the whole of history too: calendars drop them.
    """
    day = midnight(now)
    cancelled_at = day - timedelta(days=CANCELLED_DAYS)
    if whole:
        ends = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
        return Window(day, *ends, cancelled_at, MOST_OF_HISTORY, 32 * MOST_BYTES)
    first_at, last_at = day - timedelta(days=PAST_DAYS), day + timedelta(days=COMING_DAYS)
    return Window(day, first_at, last_at, cancelled_at)


def midnight(now: datetime) -> datetime:
    """The beginning of the UTC day of `now` (aware)."""
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC)
