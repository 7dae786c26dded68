"""Calendar events as the tests tell them: Olga's journal club, to which Ada is invited."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from webinar.calendars.ics.event import Attendee, CalendarEvent, Organizer
from webinar.calendars.ics.feed import Calendar
from webinar.timekeeping.zones import zone

OLGA = Organizer("club@society.example", "Olga Ødegård")
ADA = Attendee("ada@hospital.example", "Ada Nwosu")

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\\;,:\"^'nN\r\n\t\x00\x07\x1b\x7f\x85\u2028\u2029 =aé漢👩\u200d🔬\u0301\u0303\u202eאع"
        ),
        st.characters(),
    ),
    max_size=400,
)
"""Text of the kind that breaks calendar files."""


def utc(*parts: int) -> datetime:
    """An instant in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def at(zone_name: str, *parts: int) -> datetime:
    """The instant of a wall time in a zone."""
    return datetime(*parts, tzinfo=zone(zone_name)).astimezone(UTC)  # type: ignore[arg-type, misc]


def talk(**changes: Any) -> CalendarEvent:
    """One hour on 3 November 2026 at 17:00 UTC; everything else may be changed."""
    plain = CalendarEvent(
        uid="t-1@webinar.example",
        sequence=0,
        stamp_at=utc(2026, 10, 1, 9),
        created_at=utc(2026, 9, 30, 8),
        modified_at=utc(2026, 10, 1, 9),
        start_at=utc(2026, 11, 3, 17),
        end_at=utc(2026, 11, 3, 18),
        summary="Sepsis bundles revisited",
    )
    if "start_at" in changes and "end_at" not in changes:
        changes["end_at"] = changes["start_at"] + timedelta(hours=1)
    return replace(plain, **changes)


def series(zone_name: str = "Europe/London", **changes: Any) -> CalendarEvent:
    """Six Tuesdays from 6 October 2026 at 18:00 wall time, over the end of summer time."""
    first = at(zone_name, 2026, 10, 6, 18)
    told = {
        "uid": "s-1@webinar.example",
        "zone_name": zone_name,
        "start_at": first,
        "rrule": "FREQ=WEEKLY;COUNT=6;BYDAY=TU",
        "summary": "Journal club",
    }
    return talk(**{**told, **changes})


def invited(event: CalendarEvent, **changes: Any) -> CalendarEvent:
    """`event` as Ada's invitation from Olga."""
    return replace(event, organizer=OLGA, attendee=ADA, **changes)


def society(**changes: Any) -> Calendar:
    """The feed of Sam's society."""
    plain = Calendar(
        name="Nordic Sepsis Society",
        zone_name="Europe/Stockholm",
        description="All open talks",
        source="https://webinar.example/f/nss.ics",
        url="https://webinar.example/nss",
        colour="#2a6f6b",
    )
    return replace(plain, **changes)
