"""Instants in words for calendars of thousands of events: the parts that many share are worded once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache

from flask_babel import force_locale
from flask_babel import gettext as _

from webinar.timekeeping import zones
from webinar.timekeeping.wall import local_of
from webinar.web.clock_words import clock_time, short_day
from webinar.web.languages import direction
from webinar.web.moments import zone_label
from webinar.web.viewing import Viewing, seen_as

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LABELS: dict[tuple[str, timedelta, str], str] = {}


def instant_line(at: datetime, zone_name: str, locale: str) -> str:
    """An instant as `moments.instant_text` says it to who reads `locale` and the 24-hour clock."""
    local = local_of(at, zone_name)
    clock, label = _clock(local.time(), locale), _label(at, zone_name, locale)
    return f"{_day(local.date(), locale)}{_comma(locale)}{clock} {label}"


@contextmanager
def _speaking(locale: str) -> Iterator[None]:
    viewing = Viewing(None, "event", locale, direction(locale), "auto", False, _EPOCH)
    with seen_as(viewing), force_locale(locale):
        yield


@lru_cache(maxsize=8192)
def _day(day: date, locale: str) -> str:
    with _speaking(locale):
        return short_day(datetime.combine(day, time()))


@lru_cache(maxsize=4096)
def _clock(clock: time, locale: str) -> str:
    with _speaking(locale):
        return clock_time(datetime.combine(_EPOCH, clock))


@cache
def _comma(locale: str) -> str:
    with _speaking(locale):
        return _(", ")


def _label(at: datetime, zone_name: str, locale: str) -> str:
    """The zone with its offset; few exist, so all are kept."""
    key = (zone_name, zones.offset(at, zone_name), locale)
    found = _LABELS.get(key)
    if found is None:
        with _speaking(locale):
            found = _LABELS[key] = zone_label(at, zone_name)
    return found
