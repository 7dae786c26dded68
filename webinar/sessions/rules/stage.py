"""Stage: what the server says about a session at one instant to one visitor (product 4.5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DAY_BEFORE = timedelta(hours=24)
DOORS = timedelta(minutes=15)
AFTERGLOW = timedelta(minutes=10)
"""How long after its end the join button still leads to the room."""
WRAP_UP = timedelta(hours=48)


class Place(StrEnum):
    """What the visitor holds."""

    NONE = "none"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"


class Stage(StrEnum):
    """The state of the one button; the comment names the row of product 4.5."""

    ANNOUNCED = "announced"  # S0 registration has not opened
    OPEN = "open"  # S1
    FULL = "full"  # Sx: only the waiting list
    WAITING = "waiting"  # Sx: on the waiting list
    OFFERED = "offered"  # Sx: a freed seat waits for an answer
    REGISTERED = "registered"  # S2
    COUNTDOWN = "countdown"  # S3
    DOORS = "doors"  # S4
    LIVE = "live"  # S5
    ENDED = "ended"  # S6
    RECORDED = "recorded"  # S7
    NOT_RECORDED = "not_recorded"  # S8
    CANCELLED = "cancelled"  # Sx


@dataclass(frozen=True, kw_only=True)
class StageInput:
    """Everything the decision needs; all instants aware UTC.

    `registration_opens_at` None means at once. `recorded` says that a recording can be watched,
    `never_recorded` that a reason was given why there will be none. `full` means no free seat.
    """

    now: datetime
    starts_at: datetime
    ends_at: datetime
    place: Place = Place.NONE
    full: bool = False
    cancelled: bool = False
    recorded: bool = False
    never_recorded: bool = False
    registration_opens_at: datetime | None = None


def stage(moment: StageInput) -> Stage:
    """The stage at `moment.now`. Each stage begins at its border and ends before the next one's."""
    if moment.cancelled:
        return Stage.CANCELLED
    if moment.now >= _over_at(moment):
        return _afterwards(moment)
    if moment.place is Place.CONFIRMED:
        return _holding_a_seat(moment)
    if moment.place is Place.NONE:
        return _without_a_seat(moment)
    return Stage.OFFERED if moment.place is Place.OFFERED else Stage.WAITING


def doors_at(starts_at: datetime) -> datetime:
    """The instant from which the join button leads to the room."""
    return starts_at - DOORS


def _over_at(moment: StageInput) -> datetime:
    # Who holds a seat may still enter a room that runs over; nobody registers after the end.
    return moment.ends_at + (AFTERGLOW if moment.place is Place.CONFIRMED else timedelta())


def _holding_a_seat(moment: StageInput) -> Stage:
    if moment.now >= moment.starts_at:
        return Stage.LIVE
    if moment.now >= doors_at(moment.starts_at):
        return Stage.DOORS
    return Stage.COUNTDOWN if moment.starts_at - moment.now <= DAY_BEFORE else Stage.REGISTERED


def _without_a_seat(moment: StageInput) -> Stage:
    if moment.registration_opens_at and moment.now < moment.registration_opens_at:
        return Stage.ANNOUNCED
    return Stage.FULL if moment.full else Stage.OPEN


def _afterwards(moment: StageInput) -> Stage:
    if moment.recorded:
        return Stage.RECORDED
    if moment.never_recorded or moment.now >= moment.ends_at + WRAP_UP:
        return Stage.NOT_RECORDED
    return Stage.ENDED
