"""Invitations: one object and one method a mail (RFC 5546, RFC 6047)."""

from dataclasses import replace
from enum import StrEnum

from webinar.calendars.ics.contentline import folded_all
from webinar.calendars.ics.event import CalendarEvent, Status
from webinar.calendars.ics.fragment import vevents, zone_years
from webinar.calendars.ics.unwritable import Unwritable
from webinar.calendars.ics.vtimezone import vtimezone

PRODID = "-//webinar//Calendar 1//EN"


class Method(StrEnum):
    """What an invitation mail asks for; also the `method` of its content type."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    DECLINECOUNTER = "DECLINECOUNTER"


def invitation(event: CalendarEvent, method: Method) -> bytes:
    """The calendar part of a mail to the event's attendee, from the organizer.

    A REQUEST carries the whole series with all overrides: readers replace what they hold. A CANCEL
    withdraws the whole UID: status cancelled, no override, no reminder. A DECLINECOUNTER says that all
    stays as it is (RFC 5546 3.2.8). SEQUENCE is the event's, raised by the caller. Raises Unwritable, UnknownZone.
    """
    method = Method(method)
    if event.organizer is None or event.attendee is None:
        raise Unwritable("An invitation needs an organizer and an attendee.")
    if method is Method.CANCEL:
        event = replace(event, status=Status.CANCELLED, alarm_minutes=None, overrides=(), exdates=())
    if method is Method.DECLINECOUNTER:
        event = replace(event, alarm_minutes=None)
    years = zone_years(event)
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    zones = vtimezone(*years) if years else b""
    return folded_all(head) + zones + vevents(event) + b"END:VCALENDAR\r\n"
