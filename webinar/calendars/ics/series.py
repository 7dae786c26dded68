"""Series of one person: which of their dates the one event of the series holds, and which stand alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.instants import in_utc
from webinar.calendars.ics.recurring import Recurring
from webinar.timekeeping.recurrence.rule import parse_rule
from webinar.timekeeping.recurrence.series import Occurrence, Recurrence, occurrences
from webinar.timekeeping.recurrence.values import Length


@dataclass(frozen=True)
class Date:
    """A date at which somebody has a place.

    `planned_local` is where the rule puts it: a naive wall time in the zone of the series, None outside the
    rule. `event` says it by itself; `is_plain` that the series says the same of it, but for the time.
    """

    session_id: int
    planned_local: datetime | None
    event: CalendarEvent
    is_plain: bool = False


@dataclass(frozen=True)
class Arrangement:
    """`series` is the whole event of the series, None where no date is in it; `alone` are the ids of the
    dates that stand by themselves. `withdrawn` is the event to cancel when nothing is left."""

    series: CalendarEvent | None
    alone: frozenset[int]
    withdrawn: CalendarEvent


def arrangement(
    master: CalendarEvent,
    rrule: str,
    start_local: datetime,
    dates: Sequence[Date],
    alone: Collection[int] = (),
) -> Arrangement:
    """Put the dates of one person into the event of their series, as far as every reader holds them right.

    `master` is the first date of the rule, which starts at the naive `start_local` in its zone; it names the
    series. Dates that the person does not have become EXDATE, changed ones overrides. What is in `alone`
    stays so; so do extra dates (no RDATE), and those moved past a neighbour, which Exchange refuses. A rule
    that readers expand differently makes all dates stand alone. Raises Unwritable, RecurrenceRefused.
    """
    planned = _planned(master, rrule, start_local)
    held = {date.planned_local: date for date in dates if date.session_id not in set(alone)}
    inside = [date for local, date in held.items() if local in planned]
    overrides = {
        date.session_id: replace(date.event, uid=master.uid, recurs_at=planned[local].original_at)
        for local, date in held.items()
        if local in planned and not _is_as_planned(date, planned[local])
    }
    recurring = Recurring(
        master=master,
        rrule=rrule,
        exdates=tuple(each.original_at for local, each in planned.items() if local not in held),
        overrides=tuple(overrides.values()),
        start_local=start_local,
    )
    everybody = frozenset(date.session_id for date in dates)
    if recurring.apart:
        return Arrangement(None, everybody, master)
    withdrawn = replace(master, rrule=rrule)
    series = next((event for event in recurring.events() if event.uid == master.uid), None)
    kept = {event.recurs_at for event in series.overrides} if series else set()
    strays = {each for each, event in overrides.items() if event.recurs_at not in kept}
    together = {date.session_id for date in inside} - strays
    return Arrangement(series if together else None, everybody - together, withdrawn)


def _planned(master: CalendarEvent, rrule: str, start_local: datetime) -> dict[datetime, Occurrence]:
    if master.zone_name is None:
        raise ValueError("a series has a zone")
    recurrence = Recurrence(
        start_local=start_local,
        zone_name=master.zone_name,
        length=Length(exact=in_utc(master.end_at) - in_utc(master.start_at)),
        rule=parse_rule(rrule),
    )
    return {each.start_local: each for each in occurrences(recurrence).occurrences}


def _is_as_planned(date: Date, planned: Occurrence) -> bool:
    times = (in_utc(date.event.start_at), in_utc(date.event.end_at))
    return date.is_plain and times == (planned.start_at, planned.end_at)
