"""Feeds: many events under one header, the same bytes as long as nothing changes (RFC 7986)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from webinar.calendars.ics.address import web
from webinar.calendars.ics.colour import colour_lines
from webinar.calendars.ics.contentline import escaped, escaped_line, folded_all
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.fragment import ZoneYears, fragment, zone_years
from webinar.calendars.ics.invite import PRODID
from webinar.calendars.ics.unwritable import Unwritable
from webinar.calendars.ics.vtimezone import vtimezone
from webinar.timekeeping.zones import canonical


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What a feed says of itself.

    `source` is the feed's own https address, `url` the page about it, `zone_name` the IANA zone
    that readers show by default, `refresh_minutes` how often they should ask, `colour` #rrggbb or
    a CSS name.
    """

    name: str
    zone_name: str
    description: str = ""
    source: str = ""
    url: str = ""
    colour: str = ""
    refresh_minutes: int = 60


@dataclass(frozen=True)
class StoredEvent:
    """An event made ready for feeds: its place in the order, its VEVENT bytes, the zone they need."""

    start_at: datetime
    uid: str
    body: bytes
    zone_years: ZoneYears | None


@dataclass(frozen=True)
class LeftOut:
    """An event that is not in the feed, and the sentence that says why."""

    uid: str
    sentence: str


@dataclass(frozen=True)
class Feed:
    """The bytes to serve, and what had to be left out of them."""

    body: bytes
    left_out: tuple[LeftOut, ...] = ()


def feed(calendar: Calendar, events: Iterable[CalendarEvent]) -> Feed:
    """All `events` in one calendar without a method. A bad event is left out, never the feed.

    Raises Unwritable or UnknownZone only for a bad `calendar`.
    """
    written, left_out = [], []
    for event in events:
        try:
            written.append(stored(event))
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            left_out.append(LeftOut(event.uid, str(error)))
    joined = join(calendar, written)
    return Feed(joined.body, (*left_out, *joined.left_out))


def stored(event: CalendarEvent) -> StoredEvent:
    """`event` as it may be kept under its id, revision and zone-data version. Raises Unwritable."""
    return StoredEvent(event.start_at, event.uid, fragment(event), zone_years(event))


def join(calendar: Calendar, stored_events: Iterable[StoredEvent]) -> Feed:
    """Stored events in one calendar, ordered by start and UID; of one UID only the first stays."""
    by_uid: dict[str, StoredEvent] = {}
    left_out = []
    for event in sorted(stored_events, key=lambda each: (each.start_at, each.uid, each.body)):
        if by_uid.setdefault(event.uid, event) is not event:
            left_out.append(LeftOut(event.uid, "An event of the same UID is already in the feed."))
    kept = list(by_uid.values())
    body = sewn(calendar, [event.body for event in kept], [event.zone_years for event in kept])
    return Feed(body, tuple(left_out))


def sewn(calendar: Calendar, bodies: Iterable[bytes], zone_years: Iterable[ZoneYears | None]) -> bytes:
    """VEVENTs, each UID once and in order already, in one calendar with the zones that they need."""
    zones = [vtimezone(*years) for years in _needed(zone_years)]
    return b"".join([_header(calendar), *zones, *bodies, b"END:VCALENDAR\r\n"])


def _needed(zone_years: Iterable[ZoneYears | None]) -> list[ZoneYears]:
    """One ZoneYears a zone, wide enough for all events, by zone name."""
    widest: dict[str, ZoneYears] = {}
    for years in filter(None, set(zone_years)):
        name, first, last = years
        held = widest.get(name, years)
        widest[name] = ZoneYears(name, min(first, held.first_year), max(last, held.last_year))
    return [widest[name] for name in sorted(widest)]


def _header(calendar: Calendar) -> bytes:
    if calendar.refresh_minutes <= 0:
        raise Unwritable("Readers must be told to ask again after a positive time.")
    name, every = escaped_line(calendar.name), _duration(calendar.refresh_minutes)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{name}", f"X-WR-CALNAME:{name}"]
    if calendar.description:
        about = escaped(calendar.description)
        lines += [f"DESCRIPTION:{about}", f"X-WR-CALDESC:{about}"]
    lines += [f"X-WR-TIMEZONE:{canonical(calendar.zone_name)}"]
    lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{every}", f"X-PUBLISHED-TTL:{every}"]
    if calendar.source:
        lines.append(f"SOURCE;VALUE=URI:{web(calendar.source)}")
    if calendar.url:
        lines.append(f"URL:{web(calendar.url)}")
    return folded_all(lines + colour_lines(calendar.colour))


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")
