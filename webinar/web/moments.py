"""Every time on a page: the words of the When block, of single instants, of the table of cities."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _

from webinar.timekeeping import zones
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Band, DayPart, Showing, showing
from webinar.web.city_names import city_name
from webinar.web.clock_words import (
    clock_time,
    day_part,
    days_apart,
    distance,
    long_day,
    near_day,
    short_day,
    weekday,
)
from webinar.web.viewing import current_viewing

BANDS = {Band.DAY: "b-d", Band.EDGE: "b-e", Band.NIGHT: "b-n"}
FAR_APART = ("America/Sao_Paulo", "Africa/Cairo", "Asia/Kolkata")
TABLE_LEFT_OUT = {"Dubai", "Mexico City", "Tokyo"}  # neighbours of others: the table has at most 12 rows


@dataclass(frozen=True)
class WhenWords:
    """The words of one When block, for components/when.html.

    `end_day` is "" on the same date, else "next day" or a date. `utc` and `host` carry a weekday
    where the date differs from the viewer's; `host` is "" where host and viewer share a zone.
    """

    long_day: str
    short_day: str
    start: str
    end: str
    end_day: str
    city: str
    offset: str
    end_offset: str
    part: str
    utc: str
    host: str
    host_offset: str
    relative: str
    night: str


@dataclass(frozen=True)
class CityRow:
    """One row of the table of cities: `start` is "Wed 10:00", `part` a word, `shift` "next day" or ""."""

    city: str
    start: str
    part: str
    shift: str
    offset: str
    band: str


def shown(start_at: datetime, end_at: datetime, event_zone: str) -> Showing:
    """A session as this request's viewer sees it: in the chosen zone, else in the event's own."""
    viewing = current_viewing()
    return showing(
        start_at, end_at, viewing.zone_name or event_zone, now=viewing.now, reference_zone=event_zone
    )


def when_words(seen: Showing, host_zone: str | None = None) -> WhenWords:
    """The words of a session's time; `host_zone` is the event's own zone."""
    host_local = local_of(seen.start_at, host_zone) if host_zone and host_zone != seen.zone_name else None
    return WhenWords(
        long_day=long_day(seen.start_local),
        short_day=short_day(seen.start_local),
        start=clock_time(seen.start_local),
        end=clock_time(seen.end_local),
        end_day=_end_day(seen),
        city=city_name(seen.zone_name),
        offset=seen.offset_label,
        end_offset=seen.end_offset_label if seen.clock_change else "",
        part=day_part(seen.day_part),
        utc=_beside(local_of(seen.start_at, "Etc/UTC"), seen),
        host=f"{_beside(host_local, seen)} {city_name(host_zone)}" if host_local and host_zone else "",
        host_offset=zones.offset_label(seen.start_at, host_zone) if host_zone else "",
        relative=_relative(seen),
        night=_night(seen),
    )


def showing_text(seen: Showing) -> str:
    """One line for mails and titles: "Wed 14 Oct 2026, 18:45–19:45 Kathmandu (UTC+05:45), evening"."""
    words = when_words(seen)
    end = f"{words.end} {words.end_day}".strip()
    return _(", ").join((words.short_day, f"{words.start}–{end} {words.city} ({words.offset})", words.part))


def showing_short(seen: Showing) -> str:
    """A start for the head of a column: "Wed 14 Oct, 18:45 Kathmandu"; its offset stands in another place."""
    day = near_day(seen.start_local)
    return _(", ").join((day, f"{clock_time(seen.start_local)} {city_name(seen.zone_name)}"))


def instant_text(at: datetime, zone_name: str | None = None) -> str:
    """One instant in one line: "Wed 14 Oct 2026, 18:45 Kathmandu (UTC+05:45)".

    `zone_name` None means the viewer's zone, else UTC.
    """
    local = local_of(at, _zone(zone_name))
    return _(", ").join((short_day(local), f"{clock_time(local)} {zone_label(at, zone_name)}"))


def instant_clock(at: datetime, zone_name: str | None = None) -> str:
    """The clock time of an instant, for lists whose heading names the zone: "18:45"."""
    return clock_time(local_of(at, _zone(zone_name)))


def instant_day(at: datetime, zone_name: str | None = None) -> str:
    """The date of an instant in a zone: "Wed 14 Oct 2026"."""
    return short_day(local_of(at, _zone(zone_name)))


def zone_label(at: datetime, zone_name: str | None = None) -> str:
    """The zone with its offset at an instant: "Kathmandu (UTC+05:45)"; UTC is plain "UTC"."""
    name = _zone(zone_name)
    if zones.canonical(name) == "Etc/UTC":
        return "UTC"
    return f"{city_name(name)} ({zones.offset_label(at, name)})"


def world_text(at: datetime, event_zone: str) -> str:
    """An instant for readers of whom nobody knows the zone: UTC, the event's city, three far apart.

    "Wed 14 Oct 2026, 13:00 UTC · 15:00 Berlin · 10:00 São Paulo · 16:00 Cairo · 18:30 Delhi"; a date
    that differs from the one in UTC stands before its time.
    """
    utc = local_of(at, "Etc/UTC")
    places = [f"{short_day(utc)}, {clock_time(utc)} UTC"]
    for name in dict.fromkeys((event_zone, *FAR_APART)):
        local = local_of(at, name)
        day = "" if local.date() == utc.date() else f"{short_day(local)}, "
        places.append(f"{day}{clock_time(local)} {city_name(name)}")
    return " · ".join(places)


def iso_utc(at: datetime) -> str:
    """An instant for `datetime=` attributes: "2026-10-14T13:00Z"; seconds only where there are some."""
    utc = at.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%SZ}" if utc.second else f"{utc:%Y-%m-%dT%H:%MZ}"


def relative_text(at: datetime) -> str:
    """How far an instant lies from now: "in 6 days", "12 minutes ago"."""
    return distance(at - current_viewing().now)


def city_rows(start_at: datetime, end_at: datetime, event_zone: str) -> tuple[CityRow, ...]:
    """The session's start in at most 12 cities, the viewer's (else the event's) first.

    Shifts of date are counted from that first city.
    """
    first = current_viewing().zone_name or event_zone
    others = [c.zone_name for c in zones.CITIES if c.name not in TABLE_LEFT_OUT]
    names = [first, *(name for name in others if name != zones.canonical(first))][:12]
    return tuple(_city_row(start_at, end_at, name, first) for name in names)


def _city_row(start_at: datetime, end_at: datetime, name: str, first: str) -> CityRow:
    seen = showing(start_at, end_at, name, now=current_viewing().now, reference_zone=first)
    return CityRow(
        city=city_name(name),
        start=f"{weekday(seen.start_local)} {clock_time(seen.start_local)}",
        part=day_part(seen.day_part),
        shift=days_apart(seen.day_shift),
        offset=seen.offset_label.removeprefix("UTC").replace("-", "−"),
        band=BANDS[seen.band],
    )


def _zone(zone_name: str | None) -> str:
    return zone_name or current_viewing().zone_name or "Etc/UTC"


def _beside(local: datetime, seen: Showing) -> str:
    if local.date() == seen.start_local.date():
        return clock_time(local)
    return f"{weekday(local)} {clock_time(local)}"


def _end_day(seen: Showing) -> str:
    if seen.ends_days_later <= 1:
        return days_apart(seen.ends_days_later)
    return short_day(seen.end_local)


def _relative(seen: Showing) -> str:
    now = seen.start_at - seen.starts_in
    if seen.starts_in > timedelta():
        return _("starts %(distance)s", distance=distance(seen.starts_in))
    if seen.end_at > now:
        return _("started %(distance)s", distance=distance(seen.starts_in))
    return _("ended %(distance)s", distance=distance(seen.end_at - now))


def _night(seen: Showing) -> str:
    if not seen.runs_into_night:
        return ""
    if seen.day_part is DayPart.NIGHT:
        return _("it starts at %(time)s for you.", time=clock_time(seen.start_local))
    return _("it runs until %(time)s for you.", time=clock_time(seen.end_local))
