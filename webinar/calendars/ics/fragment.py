"""Fragments: the VEVENT bytes of one event, kept at each save and joined into feeds."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from webinar.calendars.ics.address import mailto, web
from webinar.calendars.ics.contentline import escaped, escaped_line, folded_all, parameter
from webinar.calendars.ics.event import CalendarEvent, PartStat, Status
from webinar.calendars.ics.instants import in_utc, original_local, readable_local, utc, wall
from webinar.calendars.ics.rule import checked, last_year
from webinar.calendars.ics.unwritable import Unwritable
from webinar.timekeeping.zones import Zone, canonical, zone

_UID = re.compile(r"[!-~]{1,255}", re.ASCII)
_EARLIEST, _LATEST = 1900, 2199


class ZoneYears(NamedTuple):
    """The VTIMEZONE that an event needs: a zone, and the first and last year of its local times."""

    zone_name: str
    first_year: int
    last_year: int


def fragment(event: CalendarEvent) -> bytes:
    """The VEVENT of `event`, a series with its overrides after it, for feeds: no people in it.

    Raises Unwritable, UnknownZone.
    """
    return _written(event, named=False)


def vevents(event: CalendarEvent) -> bytes:
    """As `fragment`, with ORGANIZER and ATTENDEE where the event names them."""
    return _written(event, named=True)


def zone_years(event: CalendarEvent) -> ZoneYears | None:
    """The VTIMEZONE that the bytes of `event` refer to; None when they are in UTC."""
    written = _written_zone(event)
    if written is None:
        return None
    ats = [event.start_at, event.end_at, *event.exdates]
    for override in event.overrides:
        ats += [override.start_at, override.end_at, override.recurs_at or override.start_at]
    years = [in_utc(at).astimezone(written).year for at in ats]
    if event.rrule:
        years.append(last_year(event.rrule, years[0]))
    if not _EARLIEST <= min(years) <= max(years) <= _LATEST:
        raise Unwritable(f"The years {min(years)} to {max(years)} are too far away for zone rules.")
    return ZoneYears(written.key, min(years), max(years))


def _written(event: CalendarEvent, *, named: bool) -> bytes:
    """The event and its overrides; with the people if `named`."""
    written, parts = _written_zone(event), []
    for part in (event, *_ordered(event)):
        people = _people(event, part) if named else []
        parts.append(folded_all(_vevent(part, event, written, people)))
    return b"".join(parts)


def _written_zone(event: CalendarEvent) -> Zone | None:
    """The zone of the event's TZID, by its current name because some readers know no other.

    None for UTC, also for a talk whose wall time would be read an hour early.
    """
    name = canonical(event.zone_name) if event.zone_name is not None else "Etc/UTC"
    named = None if name == "Etc/UTC" else zone(name)
    if event.rrule or event.overrides:
        if event.zone_name is None:
            raise Unwritable("A series needs a zone.")
        return named
    if named and all(readable_local(at, named) for at in (event.start_at, event.end_at)):
        return named
    return None


def _ordered(event: CalendarEvent) -> list[CalendarEvent]:
    """The overrides by original start. Raises Unwritable for one without, or two with the same."""
    if not event.overrides:
        return []
    originals = [in_utc(o.recurs_at) for o in event.overrides if o.recurs_at]
    if len(set(originals)) < len(event.overrides):
        raise Unwritable("Each override needs an original start of its own.")
    return sorted(event.overrides, key=lambda o: in_utc(o.recurs_at or o.start_at))


def _vevent(
    event: CalendarEvent, master: CalendarEvent, written: Zone | None, people: list[str]
) -> list[str]:
    if not _UID.fullmatch(master.uid) or not 0 <= master.sequence < 2**31:
        raise Unwritable("UID or SEQUENCE is out of bounds.")
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped_line(master.uid)}",
        f"DTSTAMP:{utc(master.stamp_at)}",
        f"CREATED:{utc(event.created_at)}",
        f"LAST-MODIFIED:{utc(event.modified_at)}",
        f"SEQUENCE:{master.sequence}",
        *_times(event, written),
        *(_recurrence(event, written) if event is master else _instance(event, master, written)),
        *_texts(event),
        *_standing(event),
        *people,
    ]
    if event.alarm_minutes is not None and event.status != Status.CANCELLED:
        lines += _alarm(event)
    return [*lines, "END:VEVENT"]


def _times(event: CalendarEvent, written: Zone | None) -> list[str]:
    if in_utc(event.end_at) <= in_utc(event.start_at):
        raise Unwritable("The end is not after the start.")
    start_zone = written if written and readable_local(event.start_at, written) else None
    end_zone = start_zone if start_zone and readable_local(event.end_at, start_zone) else None
    if event.rrule and start_zone is not written:
        raise Unwritable("The start's wall time exists twice in its zone; readers take the first.")
    return [_time("DTSTART", event.start_at, start_zone), _time("DTEND", event.end_at, end_zone)]


def _time(name: str, at: datetime, written: Zone | None) -> str:
    if written is None:
        return f"{name}:{utc(at)}"
    return f"{name};TZID={written.key}:{wall(in_utc(at).astimezone(written))}"


def _recurrence(event: CalendarEvent, written: Zone | None) -> list[str]:
    if event.recurs_at or ((event.exdates or event.overrides) and not event.rrule):
        raise Unwritable("Only a series has dropped or replaced sessions.")
    start_local = in_utc(event.start_at).astimezone(written or UTC)
    lines = [f"RRULE:{checked(event.rrule, start_local)}"] if event.rrule else []
    return lines + [_original("EXDATE", at, event, written) for at in sorted(map(in_utc, event.exdates))]


def _instance(event: CalendarEvent, master: CalendarEvent, written: Zone | None) -> list[str]:
    if event.rrule or event.exdates or event.overrides:
        raise Unwritable("An override is one session, not a series.")
    return [_original("RECURRENCE-ID", event.recurs_at or event.start_at, master, written)]


def _original(name: str, at: datetime, master: CalendarEvent, written: Zone | None) -> str:
    if written is None:
        return f"{name}:{utc(at)}"
    start_local = in_utc(master.start_at).astimezone(written).replace(tzinfo=None)
    return f"{name};TZID={written.key}:{wall(original_local(at, written, start_local))}"


def _texts(event: CalendarEvent) -> list[str]:
    join_url = web(event.join_url) if event.join_url else ""
    if join_url != event.join_url:
        event = replace(event, join_url=join_url)
    lines = [f"SUMMARY:{escaped_line(event.summary)}"]
    if event.notes:
        lines.append(f"DESCRIPTION:{escaped(event.notes)}")
    if event.place:
        lines.append(f"LOCATION:{escaped_line(event.place)}")
    if event.url:
        lines.append(f"URL:{web(event.url)}")
    if join_url:
        lines.append(f"CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Join:{join_url}")
    if event.categories:
        lines.append("CATEGORIES:" + ",".join(escaped_line(category) for category in event.categories))
    return lines


def _standing(event: CalendarEvent) -> list[str]:
    status = Status(event.status)
    free = event.transparent or status == Status.CANCELLED
    busy = "FREE" if free else "TENTATIVE" if status == Status.TENTATIVE else "BUSY"
    lines = [f"STATUS:{status.value}", f"TRANSP:{'TRANSPARENT' if free else 'OPAQUE'}"]
    lines.append(f"X-MICROSOFT-CDO-BUSYSTATUS:{busy}")
    if event.related_to:
        lines.append(f"RELATED-TO;RELTYPE=SIBLING:{escaped_line(event.related_to)}")
    return lines


def _people(master: CalendarEvent, event: CalendarEvent) -> list[str]:
    """ORGANIZER and ATTENDEE of the master; an override may hold the attendee's own answer to it."""
    lines = []
    if organizer := master.organizer:
        sent_by = f';SENT-BY="{mailto(organizer.sent_by)}"' if organizer.sent_by else ""
        lines.append(f"ORGANIZER{_name(organizer.name)}{sent_by}:{mailto(organizer.address)}")
    if attendee := master.attendee and (event.attendee or master.attendee):
        partstat = PartStat(attendee.partstat).value
        roles = f";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat}"
        roles += "" if event.status == Status.CANCELLED else ";RSVP=TRUE"
        lines.append(f"ATTENDEE{roles}{_name(attendee.name)}:{mailto(attendee.address)}")
    return lines


def _name(name: str) -> str:
    # Readers that don't know RFC 6868 would show a double quote as ^'.
    value = parameter(name.replace('"', "'"))
    return f";CN={value}" if value else ""


def _alarm(event: CalendarEvent) -> list[str]:
    minutes = event.alarm_minutes or 0
    if not 0 <= minutes <= 40320:
        raise Unwritable("A reminder comes at most four weeks before the start.")
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped_line(event.summary)}",
        f"TRIGGER:-PT{minutes}M",
        "END:VALARM",
    ]
