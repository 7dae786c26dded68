"""What a reader must see in a calendar file: every session's instants, title, place, notes and status."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from webinar.calendars.ics.contentline import without_lone_marks
from webinar.calendars.ics.event import CalendarEvent
from webinar.plaintext import clean_text, one_line
from webinar.timekeeping.recurrence.rule import parse_rule
from webinar.timekeeping.recurrence.series import Recurrence, occurrences
from webinar.timekeeping.recurrence.values import Kind, Length, Stamp
from webinar.timekeeping.zones import zone

YEAR = timedelta(days=366)
"""How much of an endless series a reader is asked for."""


@dataclass(frozen=True, order=True)
class Seen:
    """One session as a reader shows it; instants as 2026-11-03T17:00:00Z."""

    start: str
    end: str
    title: str
    place: str
    notes: str
    status: str


@dataclass(frozen=True)
class Expectation:
    """What stands in a file between two instants."""

    start: str
    end: str
    events: tuple[Seen, ...]

    def text(self) -> str:
        """As the file beside a golden file has it."""
        told: dict[str, Any] = {
            "from": self.start,
            "to": self.end,
            "events": [asdict(e) for e in self.events],
        }
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, path: Path) -> "Expectation":
        """The file beside a golden file."""
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(told["from"], told["to"], tuple(Seen(**each) for each in told["events"]))


def expectation(events: Iterable[CalendarEvent]) -> Expectation:
    """What readers must see of `events`, by our own recurrence engine and not by what was written."""
    seen = sorted(each for event in events for each in _sessions(event))
    first, last = (datetime.fromisoformat(at) for at in (seen[0].start, max(each.end for each in seen)))
    day = timedelta(days=1)
    return Expectation(_instant(first - day), _instant(last + day), tuple(seen))


def _sessions(event: CalendarEvent) -> list[Seen]:
    if event.rrule is None:
        return [_seen(event, event.start_at, event.end_at)]
    zone_name, start_at = event.zone_name or "", event.start_at.astimezone(UTC)
    recurrence = Recurrence(
        start_local=start_at.astimezone(zone(zone_name)).replace(tzinfo=None),
        zone_name=zone_name,
        length=Length(exact=event.end_at - event.start_at),
        rule=parse_rule(event.rrule),
        excluded=tuple(Stamp(at.astimezone(UTC).replace(tzinfo=None), Kind.UTC) for at in event.exdates),
    )
    bounded = "COUNT" in event.rrule or "UNTIL" in event.rrule
    found = occurrences(recurrence, until_at=None if bounded else start_at + YEAR).occurrences
    told = {override.recurs_at: override for override in event.overrides}
    return [
        _seen(told[at], told[at].start_at, told[at].end_at)
        if (at := each.original_at) in told
        else _seen(event, each.start_at, each.end_at)
        for each in found
    ]


def _seen(event: CalendarEvent, start_at: datetime, end_at: datetime) -> Seen:
    return Seen(
        start=_instant(start_at),
        end=_instant(end_at),
        title=one_line(event.summary),
        place=one_line(event.place),
        notes=without_lone_marks(clean_text(event.notes)),
        status=event.status.value,
    )


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
