"""What calendars show and letters say, decided without a database: windows, sequences, what is news."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

PAST_DAYS, COMING_DAYS = 90, 548
CANCELLED_DAYS = 30
MOST_EVENTS = 1000
READ_AGAIN = timedelta(minutes=5)
SESSION_ALARM_MINUTES = 15


def sequence(revision: int, seat_version: int = 0) -> int:
    """SEQUENCE of one person's event: rises with the session's revision and the seat's version.

    Both only rise, so their sum does (RFC 5546 2.1.4).
    """
    return revision + seat_version


def uid_of(stored: str, mail_domain: str) -> str:
    """The event's UID as calendars hold it; one stored without a domain gets ours."""
    return stored if "@" in stored else f"{stored}@{mail_domain}"


@dataclass(frozen=True)
class Window:
    """What a feed shows: sessions starting in [first_at, last_at), cancelled ones since `cancelled_at`.

    All aware UTC midnights, so that a feed's bytes change with time at most once a day.
    """

    day_at: datetime
    first_at: datetime
    last_at: datetime
    cancelled_at: datetime


def window(now: datetime) -> Window:
    """The window of a feed read at `now` (aware UTC): −90 days to +18 months."""
    day = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    return Window(
        day,
        day - timedelta(days=PAST_DAYS),
        day + timedelta(days=COMING_DAYS),
        day - timedelta(days=CANCELLED_DAYS),
    )


def version_tag(*parts: object) -> str:
    """A feed's version as text: equal parts, equal bytes of the feed."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def last_modified(day_at: datetime, changes: Iterable[datetime]) -> datetime:
    """When a feed last changed, to the second: its newest change, at least today's midnight.

    The window moves at midnight, and what leaves it has no instant of change of its own.
    """
    return max([day_at, *changes]).replace(microsecond=0)


def is_fresh(
    if_none_match: Sequence[str], tags: Sequence[str], *, since: datetime | None, at: datetime
) -> bool:
    """Whether the reader holds the present feed: any of `tags` by name, else not changed since `since`.

    If-Modified-Since counts only without If-None-Match (RFC 9110 13.1.3).
    """
    if if_none_match:
        return "*" in if_none_match or bool(set(if_none_match) & set(tags))
    return since is not None and at <= since


def should_note_reading(last_read_at: datetime | None, now: datetime) -> bool:
    """Whether a reading of a personal feed is worth a write: once per five minutes."""
    return last_read_at is None or now - last_read_at >= READ_AGAIN


class Was(StrEnum):
    """How a moved start's old time is said beside the new one."""

    CLOCK = "clock"  # same day: "was 17:45"
    WEEKDAY = "weekday"  # within the week, another weekday: "was Wed"
    DAY = "day"  # else: "was Wed 7 Oct"


def was_said_by(old_local: datetime, new_local: datetime) -> Was:
    """The shortest words that tell the old wall time from the new one; both naive, of one zone."""
    apart = abs((new_local.date() - old_local.date()).days)
    if apart == 0:
        return Was.CLOCK
    return Was.WEEKDAY if apart < 7 else Was.DAY


def is_over(now: datetime, ends_at: datetime) -> bool:
    """Whether a mail about the session comes too late to be of use."""
    return now >= ends_at
