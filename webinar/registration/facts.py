"""What happens to seats, told upward; `version` is the seat's, so each change is told once."""

from dataclasses import dataclass
from typing import Protocol

from webinar.outbox.facts import Fact


class OfSession(Protocol):
    """A fact about one session, told by whichever room."""

    @property
    def session_id(self) -> int: ...


@dataclass(frozen=True)
class SeatConfirmed(Fact):
    """Somebody has a place; `with_series` says that they registered for all dates at once."""

    seat_id: int
    version: int
    with_series: bool = False


@dataclass(frozen=True)
class SeatWaiting(Fact):
    """Somebody stands on the waiting list, for the first time or again."""

    seat_id: int
    version: int
    with_series: bool = False


@dataclass(frozen=True)
class SeatOffered(Fact):
    """A freed seat waits for somebody's answer."""

    seat_id: int
    version: int


@dataclass(frozen=True)
class SeatGivenBack(Fact):
    """Somebody left; `was` is the state they left from: only a confirmed one had an invitation.

    `changes_hour` says that they took a seat in the session's other live hour instead, `with_series` that
    they left the whole series.
    """

    seat_id: int
    version: int
    was: str = "confirmed"
    changes_hour: bool = False
    with_series: bool = False


@dataclass(frozen=True)
class RegistrationRepeated(Fact):
    """A known address registered again; its mail goes out again, the `time`-th one of that `day` (UTC)."""

    seat_id: int
    day: str
    time: int = 1


@dataclass(frozen=True)
class SeriesJoined(Fact):
    """Somebody registered for all dates of a series; `again` tells one repetition from the next."""

    series_seat_id: int
    version: int
    again: str = ""


@dataclass(frozen=True)
class SeriesLeft(Fact):
    """Somebody gave back all coming dates of a series."""

    series_seat_id: int
    version: int


@dataclass(frozen=True)
class SeatChanged(Fact):
    """A seat is in another state than before; only noted, never posted as a letter."""

    seat_id: int
