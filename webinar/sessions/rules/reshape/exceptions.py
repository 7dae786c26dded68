"""Exceptions: how a series departs from its rule, as a calendar writes it (EXDATE, RDATE, RECURRENCE-ID)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webinar.sessions.rules.reshape.values import Shape, Standing
from webinar.sessions.rules.rhythm import dates


@dataclass(frozen=True)
class Exceptions:
    """Departures from a rule: `excluded` naive wall times in the zone of the series (EXDATE), `extra`
    sessions outside the rule (RDATE), `moved` sessions of the rule that start, last or lie elsewhere."""

    excluded: tuple[datetime, ...]
    extra: tuple[Standing, ...]
    moved: tuple[Standing, ...]


def exceptions(shape: Shape, standings: Sequence[Standing]) -> Exceptions:
    """The departures of the sessions of a series from its rule, each by time."""
    found = dates(shape.rule, shape.starts_local, shape.zone_name, shape.minutes)
    planned = [each.start_local for each in found]
    live = sorted(
        (each for each in standings if not each.is_cancelled), key=lambda each: each.start.starts_at
    )
    held = {each.planned_local for each in live}
    return Exceptions(
        excluded=tuple(local for local in planned if local not in held),
        extra=tuple(each for each in live if each.planned_local not in planned),
        moved=tuple(each for each in live if each.planned_local in planned and is_moved(each, shape)),
    )


def is_moved(each: Standing, shape: Shape) -> bool:
    """Whether a session of the rule has a start, zone or length of its own."""
    start = each.start
    promise = (start.starts_local, start.zone_name, start.minutes, start.later_fold)
    return promise != (each.planned_local, shape.zone_name, shape.minutes, False)
