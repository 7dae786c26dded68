"""Reads calendar files with recurring-ical-events. In: a JSON list of {file, from, to}; out: {file: events}."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import recurring_ical_events


def utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(file: str, start: str, end: str) -> list[dict[str, str]]:
    calendar = icalendar.Calendar.from_ical(Path(file).read_bytes())
    bounds = [datetime.fromisoformat(each) for each in (start, end)]
    found = recurring_ical_events.of(calendar).between(*bounds)
    return [
        {
            "start": utc(event["DTSTART"].dt),
            "end": utc(event["DTEND"].dt),
            "title": str(event.get("SUMMARY", "")),
            "place": str(event.get("LOCATION", "")),
            "notes": str(event.get("DESCRIPTION", "")),
            "status": str(event.get("STATUS", "")),
        }
        for event in found
    ]


answers = {}
for each in json.load(sys.stdin):
    try:
        answers[each["file"]] = read(each["file"], each["from"], each["to"])
    except Exception as error:  # noqa: BLE001  the judge reports whatever its library raises
        answers[each["file"]] = repr(error)
json.dump(answers, sys.stdout)
