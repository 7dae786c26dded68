"""Times as typed, as derived again, and as they look after the poll's zone was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from webinar.refusal import Invalid, Refusal
from webinar.sessions.rules.start import Start, When, pinned
from webinar.timekeeping.wall import local_of

LEAST_TIMES, MOST_TIMES = 2, 20


class Keep(StrEnum):
    """What stays when a poll's zone changes: what clocks show, or the moments themselves."""

    CLOCK = "clock"
    INSTANTS = "instants"


@dataclass(frozen=True)
class Wish:
    """A time as typed: naive wall time, and for a doubtful one the reading that is meant (aware UTC)."""

    starts_local: datetime
    chosen_at: datetime | None = None


class BadTimes(Invalid):
    """Some typed times cannot be taken; `faults` holds what is wrong by their place in the list."""

    def __init__(self, faults: Mapping[int, Refusal]) -> None:
        self.faults = dict(faults)
        super().__init__("Please look at the times: some need another look.")


def pinned_times(
    wishes: Sequence[Wish], zone_name: str, minutes: int, now: datetime, *, least: int = LEAST_TIMES
) -> tuple[tuple[Start, ...], int]:
    """The instants of typed times in order of time, and how many were the same instant as another.

    Raises BadTimes with a refusal for each time that is doubtful or past at `now` (aware UTC), Invalid
    for an unknown zone, or for too few or too many times.
    """
    found: dict[datetime, Start] = {}
    faults: dict[int, Refusal] = {}
    for place, wish in enumerate(wishes):
        try:
            start = _to_come(wish, zone_name, minutes, now)
            found.setdefault(start.starts_at, start)
        except Invalid as refusal:
            if refusal.field not in {"starts_local", None}:
                raise
            faults[place] = refusal
    if faults:
        raise BadTimes(faults)
    if not least <= len(found) <= MOST_TIMES:
        raise Invalid(
            "Please give from %(least)s to %(most)s different times to choose from.",
            "zone_name",
            least=least,
            most=MOST_TIMES,
        )
    return tuple(found[at] for at in sorted(found)), len(wishes) - len(found)


def _to_come(wish: Wish, zone_name: str, minutes: int, now: datetime) -> Start:
    start = pinned(When(wish.starts_local, zone_name, minutes, wish.chosen_at))
    if start.starts_at <= now:
        raise Invalid("That time lies in the past. Please choose one to come.", "starts_local")
    return start


def rezoned(start: Start, zone_name: str, keep: Keep) -> Start:
    """The same time in another zone: its clock kept, or its instant kept.

    Keeping the clock raises DoubtfulStart where the wall time is a doubtful one in the new zone;
    both raise Invalid for an unknown zone.
    """
    if keep is Keep.CLOCK:
        return pinned(When(start.starts_local, zone_name, start.minutes))
    return at_instant(start.starts_at, zone_name, start.minutes)


def at_instant(starts_at: datetime, zone_name: str, minutes: int) -> Start:
    """The wall time that means just this instant (aware UTC) in a zone, also where clocks go back."""
    return pinned(When(local_of(starts_at, zone_name), zone_name, minutes, starts_at))
