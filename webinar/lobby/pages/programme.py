"""Lists of sessions, grouped by the viewer's day, with a line that says what time it is now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from webinar.lobby.pages.row import Row
from webinar.lobby.queries import Choices, Wanted
from webinar.sessions.models import Kind
from webinar.sessions.rules.words import KIND_WORDS
from webinar.timekeeping.wall import local_of
from webinar.web.clock_words import clock_time, short_day
from webinar.web.languages import name_of
from webinar.web.moments import zone_label
from webinar.web.viewing import current_viewing

PAST_PAGE = 20
FILTERS = ("type", "topic", "language", "credit")


@dataclass(frozen=True)
class Day:
    """The sessions of one day. `now_before` is the row above which "Now" stands, None: not on this day."""

    key: str
    heading: str
    zone: str
    rows: tuple[Row, ...]
    now_before: int | None


@dataclass(frozen=True)
class Agenda:
    """Days in order; `now` is "14:02", with the date in front unless today is among the days."""

    days: tuple[Day, ...]
    now: str
    now_first: bool


@dataclass(frozen=True)
class Filter:
    """What was asked for, and what can be asked for as pairs of value and words."""

    wanted: Wanted
    kinds: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]
    locales: tuple[tuple[str, str], ...]
    active: bool


@dataclass(frozen=True)
class PastPage:
    """A page of held sessions, counted from 1; addresses of its neighbours or ""."""

    rows: tuple[Row, ...]
    first: int
    last: int
    total: int
    previous_url: str
    next_url: str


def agenda(rows: Sequence[Row], zone_name: str, now: datetime) -> Agenda:
    """Rows in order of time as an agenda; without a chosen zone, days are those of `zone_name`."""
    zone = current_viewing().zone_name or zone_name
    now_local = local_of(now, zone)
    at = next((number for number, row in enumerate(rows) if row.showing.start_at > now), len(rows))
    days, start = [], 0
    for day, members in groupby(rows, key=_day):
        held = tuple(members)
        days.append(_one_day(day, held, at - start if now_local.date() == day else None))
        start += len(held)
    today = any(day.now_before is not None for day in days)
    words = clock_time(now_local)
    if not today:
        words = f"{short_day(now_local)}, {words} {zone_label(now, zone)}"
    return Agenda(tuple(days), words, not today)


def _day(row: Row) -> date:
    return row.showing.start_local.date()


def _one_day(day: date, rows: tuple[Row, ...], now_before: int | None) -> Day:
    first = rows[0].showing
    zone = zone_label(first.start_at, first.zone_name)
    # The zone stands in the heading; a row repeats it only where clocks changed in between.
    plain = tuple(replace(row, zone="" if row.zone == zone else row.zone) for row in rows)
    return Day(day.isoformat(), short_day(first.start_local), zone, plain, now_before)


def asked(arguments: MultiDict[str, str], wanted: Wanted, choices: Choices) -> Filter:
    """The filter of an address; what is not on offer counts as not asked."""
    kind, topic, locale = (arguments.get(name, "") for name in ("type", "topic", "language"))
    found = replace(
        wanted,
        kind=Kind(kind) if kind in choices.kinds else None,
        topic=topic if topic in choices.topics else None,
        locale=locale if locale in choices.locales else None,
        credit=arguments.get("credit") == "1",
    )
    return Filter(
        wanted=found,
        kinds=tuple((each, _(KIND_WORDS[each])) for each in choices.kinds),
        topics=tuple((each, each) for each in choices.topics),
        locales=tuple((each, name_of(each)) for each in choices.locales),
        active=found != wanted,
    )


def past_page(rows: tuple[Row, ...], number: int, total: int) -> PastPage:
    """The page `number` (from 1) of `total` held sessions, of which `rows` are this page's."""
    first = (number - 1) * PAST_PAGE + 1
    last = first + len(rows) - 1
    return PastPage(
        rows,
        first,
        last,
        total,
        _page_url(number - 1) if number > 1 else "",
        _page_url(number + 1) if last < total else "",
    )


def _page_url(number: int) -> str:
    # Whatever was filtered by stays; choices of the frame are in cookies already.
    arguments = {name: request.args[name] for name in FILTERS if name in request.args}
    return f"{request.path}?{urlencode({**arguments, 'page': number})}#held"


def page_number(arguments: MultiDict[str, str]) -> int:
    """The page asked for, from 1 to 1,000; anything else is the first."""
    typed = arguments.get("page", "1")
    return max(min(int(typed[:6]), 1000), 1) if typed.isascii() and typed.isdigit() else 1
