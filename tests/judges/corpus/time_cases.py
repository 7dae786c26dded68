"""The time cases of the recurrence engine as calendar events, with the instants written down by hand."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.factories.calendars import talk
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.recurring import Recurring
from webinar.timekeeping.recurrence.case import CaseReader
from webinar.timekeeping.recurrence.series import Occurrence, Recurrence, occurrences
from webinar.timekeeping.recurrence.values import Stamp

Case = dict[str, Any]

_PATH = Path(__file__).parents[2] / "timekeeping" / "time-cases.json"
TIMED: list[Case] = [
    case
    for case in json.loads(_PATH.read_text(encoding="utf-8"))["cases"]
    if case["rule"].get("value") != "DATE"
]
"""All cases but those of whole days, which no session is."""


def events(case: Case) -> tuple[CalendarEvent, ...]:
    """The case as the product writes it: a series where readers agree, else one event a session."""
    recurrence = CaseReader(case).recurrence()
    found = occurrences(recurrence).occurrences
    uid = f"case-{case['id']}@webinar.example"
    if recurrence.rule is None or case["expect"] != "list":
        return tuple(_event(f"{n}-{uid}", each, recurrence) for n, each in enumerate(found))
    planned = Recurrence(
        start_local=recurrence.start_local,
        zone_name=recurrence.zone_name,
        length=recurrence.length,
        rule=recurrence.rule,
    )
    moved = {each.original.at(recurrence.zone_name) for each in recurrence.overrides if not each.cancelled}
    extra = _instants(recurrence, recurrence.extra)
    gone = [each.original for each in recurrence.overrides if each.cancelled]
    return Recurring(
        master=_event(uid, occurrences(planned).occurrences[0], recurrence),
        rrule=case["rule"]["rrule"],
        start_local=recurrence.start_local,
        exdates=(*_instants(recurrence, recurrence.excluded), *_instants(recurrence, gone)),
        overrides=tuple(
            _event(uid, each, recurrence, recurs_at=each.original_at)
            for each in found
            if each.original_at in moved
        ),
        extras=tuple(
            _event(f"extra-{n}-{uid}", each, recurrence)
            for n, each in enumerate(found)
            if each.original_at in extra
        ),
    ).events()


def _event(uid: str, each: Occurrence, recurrence: Recurrence, **changes: object) -> CalendarEvent:
    told = {"zone_name": each.zone_name, "start_at": each.start_at, "end_at": each.end_at, **changes}
    return talk(uid=uid, summary=f"Session of {recurrence.zone_name}", **told)


def _instants(recurrence: Recurrence, stamps: tuple[Stamp, ...] | list[Stamp]) -> tuple[datetime, ...]:
    return tuple(stamp.at(recurrence.zone_name) for stamp in stamps)
