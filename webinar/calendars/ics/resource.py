"""Resources: one event as a CalDAV object, without a method and without people (RFC 4791 4.1)."""

from dataclasses import replace

from webinar.calendars.ics.contentline import folded_all
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.fragment import fragment, zone_years
from webinar.calendars.ics.invite import PRODID
from webinar.calendars.ics.vtimezone import vtimezone


def resource(event: CalendarEvent) -> bytes:
    """The object of one UID: a series with its overrides, and the zone it needs.

    Raises Unwritable, UnknownZone.
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    years = zone_years(event)
    zones = vtimezone(*years) if years else b""
    return folded_all(head) + zones + fragment(event) + b"END:VCALENDAR\r\n"


def in_utc_times(event: CalendarEvent) -> CalendarEvent:
    """A single event with its times in UTC, as `expand` asks (RFC 4791 9.6.5); a series stays as it is."""
    return event if event.rrule or event.overrides else replace(event, zone_name=None)
