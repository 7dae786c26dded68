"""Reads calendar files with khal. In: a JSON list of {file, from, to}; out: {file: events}."""

import json
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytz  # noqa: TID251  khal asks for zones of this kind
from khal.controllers import import_ics
from khal.khalendar import CalendarCollection

LOCALE = {
    "local_timezone": pytz.UTC,
    "default_timezone": pytz.UTC,
    "timeformat": "%H:%M",
    "dateformat": "%Y-%m-%d",
    "longdateformat": "%Y-%m-%d",
    "datetimeformat": "%Y-%m-%d %H:%M",
    "longdatetimeformat": "%Y-%m-%d %H:%M",
    "unicode_symbols": True,
    "firstweekday": 0,
    "weeknumbers": False,
}


def utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(file: str, start: str, end: str, folder: Path) -> list[dict[str, str]]:
    folder.mkdir()
    plain = {"readonly": False, "color": "", "ctype": "calendar", "addresses": [], "priority": 10}
    calendars = {"j": {**plain, "name": "j", "path": str(folder)}}
    collection = CalendarCollection(calendars=calendars, dbpath=":memory:", locale=LOCALE)
    collection.default_calendar_name = "j"
    config = {"locale": LOCALE, "view": {"event_format": "{title}"}}
    import_ics(collection, config, Path(file).read_bytes().decode(), batch=True)
    first, last = (datetime.fromisoformat(each).replace(tzinfo=None) for each in (start, end))
    found = collection.get_localized(pytz.UTC.localize(first), pytz.UTC.localize(last - timedelta(seconds=1)))
    return [
        {
            "start": utc(event.start),
            "end": utc(event.end),
            "title": str(event.summary),
            "place": str(event.location),
            "notes": str(event.description),
            "status": str(event.status),
        }
        for event in found
    ]


answers = {}
with tempfile.TemporaryDirectory() as name:
    for number, each in enumerate(json.load(sys.stdin)):
        try:
            answers[each["file"]] = read(each["file"], each["from"], each["to"], Path(name) / str(number))
        except Exception as error:  # noqa: BLE001  the judge reports whatever its library raises
            answers[each["file"]] = repr(error)
json.dump(answers, sys.stdout)
