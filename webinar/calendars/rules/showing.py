"""What calendars show and letters say, decided without a database: sequences, what is news."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

READ_AGAIN = timedelta(minutes=5)
SESSION_ALARM_MINUTES = 15


def sequence(revision: int, seat_version: int = 0) -> int:
    """SEQUENCE of one person's event: rises with the session's revision and the seat's version.

    Both only rise, so their sum does (RFC 5546 2.1.4).
    """
    return revision + seat_version


def series_sequence(series_revision: int, series_seat_version: int, seat_versions: Iterable[int]) -> int:
    """SEQUENCE of one person's series, one number for master and overrides.

    Give the versions of all their seats in all series that were ever split from one another: of these none
    ever leaves, so the sum only rises.
    """
    return series_revision + series_seat_version + sum(seat_versions)


def uid_of(stored: str, mail_domain: str) -> str:
    """The event's UID as calendars hold it; one stored without a domain gets ours."""
    return stored if "@" in stored else f"{stored}@{mail_domain}"


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
