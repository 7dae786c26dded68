"""The time finder: a day's starts in the cities of the audience, judged in words as well as colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.scheduling.rules.finder import AtNight, Place, Verdict, cell, starts_of, verdict
from webinar.sessions.models import Session
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Band
from webinar.timekeeping.zones import ZoneName
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time, days_apart, long_day, near_day
from webinar.web.moments import BANDS, iso_utc
from webinar.web.sizes import amount, people, share

MOST_ROWS = 14
STEP_WORDS = {60: "Hourly steps", 30: "Half-hour steps", 15: "Quarter-hour steps"}


@dataclass(frozen=True)
class Asked:
    """What the address asks: the UTC day, the step in minutes, the start looked at, all cities or the first."""

    day: date
    step: int
    start_at: datetime
    every_city: bool


@dataclass(frozen=True)
class Head:
    """A column: its instant, its UTC clock, the verdict in words, whether it is chosen or over."""

    iso: str
    clock: str
    words: str
    local: str
    chosen: bool
    over: bool


@dataclass(frozen=True)
class Shown:
    """A cell: clock, shift of date as sign and in words, band as class and in words."""

    clock: str
    sign: str
    shift: str
    css: str
    band: str
    chosen: bool


@dataclass(frozen=True)
class City:
    """A row: a city with its people, or a speaker's city with their name."""

    name: str
    people: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class Link:
    """Words and an address on this page."""

    words: str
    url: str


@dataclass(frozen=True)
class Grid:
    """The table with what leads from it to other days and steps; `others` says which cities are left out."""

    day_words: str
    earlier: Link
    later: Link
    steps: tuple[Link, ...]
    heads: tuple[Head, ...]
    cities: tuple[City, ...]
    speakers: tuple[City, ...]
    others: str
    every_city: Link | None


def grid_of(
    session: Session,
    asked: Asked,
    places: Sequence[Place],
    speakers: Sequence[tuple[str, ZoneName]],
    now: datetime,
) -> Grid:
    """The grid of one UTC day, the session's and the chosen start among its columns."""
    starts = starts_of(asked.day, asked.step, (asked.start_at, session.starts_at))
    shown = places if asked.every_city else places[:MOST_ROWS]
    return Grid(
        day_words=long_day(_noon(asked.day)),
        earlier=_day_link(session, asked, -1),
        later=_day_link(session, asked, 1),
        steps=tuple(
            Link(_(words), page_url(session, asked, step=step))
            for step, words in STEP_WORDS.items()
            if step != asked.step
        ),
        heads=tuple(_head(session, at, asked, places, now) for at in starts),
        cities=tuple(
            _city(city_name(each.zone_name), amount(each.people), each.zone_name, session, starts, asked)
            for each in shown
        ),
        speakers=tuple(_city(name, city_name(zone), zone, session, starts, asked) for name, zone in speakers),
        others=_others(places[len(shown) :]),
        every_city=Link(_("Show all cities"), page_url(session, asked, every_city=True))
        if len(shown) < len(places)
        else None,
    )


def verdict_words(found: Verdict, session: Session) -> str:
    """ "13:00 UTC: 97 % (1,401 of 1,451) not at night. At night: Los Angeles 06:00, Sydney 00:00 next day." """
    utc = clock_time(local_of(found.start_at, "Etc/UTC"))
    words = _("%(clock)s UTC: %(share)s not at night.", clock=utc, share=share(found.awake, found.people))
    if not found.at_night:
        return words
    named = [_asleep(each) for each in found.at_night[:5]]
    more = len(found.at_night) - len(named)
    if more:
        named.append(ngettext("%(num)s more", "%(num)s more", more))
    return f"{words} " + _("At night: %(places)s.", places=", ".join(named))


def speaker_words(name: str, zone_name: ZoneName, start_at: datetime, minutes: int) -> str:
    """ "Pia Presenter (Kathmandu) 18:45, day" for the speakers' line."""
    seen = cell(start_at, minutes, zone_name)
    when = " ".join(filter(None, (clock_time(seen.starts_local), days_apart(seen.day_shift))))
    return _(
        "%(name)s (%(city)s) %(when)s, %(band)s",
        name=name,
        city=city_name(zone_name),
        when=when,
        band=band_words(seen.band),
    )


def band_words(band: Band) -> str:
    """The band in words."""
    return {Band.DAY: _("day"), Band.EDGE: _("edge of the day"), Band.NIGHT: _("night")}[band]


def page_url(session: Session, asked: Asked, **changes: object) -> str:
    """The address of the finder with some of what is asked changed."""
    wanted = {
        "day": asked.day,
        "step": asked.step,
        "start_at": asked.start_at,
        "every_city": asked.every_city,
    }
    wanted |= changes
    return url_for(
        "desk.finder", slug=session.society.slug, session=session.slug, day=wanted["day"],
        step=wanted["step"], start=iso_utc(asked.start_at), all="1" if wanted["every_city"] else None,
        _anchor="grid",
    )  # fmt: skip


def _head(session: Session, at: datetime, asked: Asked, places: Sequence[Place], now: datetime) -> Head:
    return Head(
        iso=iso_utc(at),
        clock=clock_time(local_of(at, "Etc/UTC")),
        words=verdict_words(verdict(at, session.minutes, places), session),
        local=local_of(at, session.zone_name).isoformat(timespec="minutes"),
        chosen=at == asked.start_at,
        over=at <= now,
    )


def _city(
    name: str, beside: str, zone_name: ZoneName, session: Session, starts: Sequence[datetime], asked: Asked
) -> City:
    return City(name, beside, tuple(_cell(at, zone_name, session, at == asked.start_at) for at in starts))


def _cell(at: datetime, zone_name: ZoneName, session: Session, chosen: bool) -> Shown:
    seen = cell(at, session.minutes, zone_name)
    return Shown(
        clock=clock_time(seen.starts_local),
        sign={0: ""}.get(seen.day_shift, f"{seen.day_shift:+d}".replace("-", "−")),
        shift=days_apart(seen.day_shift),
        css=BANDS[seen.band],
        band=band_words(seen.band) if seen.band is not Band.DAY else "",
        chosen=chosen,
    )


def _asleep(each: AtNight) -> str:
    words = (
        city_name(each.place.zone_name),
        clock_time(each.cell.starts_local),
        days_apart(each.cell.day_shift),
    )
    return " ".join(filter(None, words))


def _others(places: Sequence[Place]) -> str:
    if not places:
        return ""
    return ngettext(
        "%(num)s more city with %(who)s counts too.", "%(num)s more cities with %(who)s count too.",
        len(places), who=people(sum(place.people for place in places)),
    )  # fmt: skip


def _day_link(session: Session, asked: Asked, by: int) -> Link:
    day = asked.day + timedelta(days=by)
    return Link(near_day(_noon(day)), page_url(session, asked, day=day))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  a wall time
