"""Dates, clock times and distances in time in the visitor's language; wall times in, words out."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_skeleton, format_time, format_timedelta
from flask_babel import gettext as _

from webinar.timekeeping.wording import DayPart
from webinar.web.viewing import current_viewing


def clock_time(local: datetime) -> str:
    """The time of a naive wall time: "18:45", or "6:45 pm" for who chose the 12-hour clock."""
    pattern = "h:mm a" if current_viewing().hour12 else "HH:mm"
    return _time(local.time(), pattern, _locale())


def long_day(local: datetime) -> str:
    """The date of a naive wall time: "Wednesday 14 October 2026"."""
    pattern = "EEEE d MMMM y" if _english() else "full"
    return format_date(local, pattern, locale=_locale())


def short_day(local: datetime) -> str:
    """The date of a naive wall time: "Wed 14 Oct 2026"."""
    return _short_day(local.date(), _locale(), english=_english())


def near_day(local: datetime) -> str:
    """The date of a naive wall time in the coming months: "Wed 14 Oct"."""
    if _english():
        return format_date(local, "EEE d MMM", locale=_locale())
    return format_skeleton("MMMEd", local, locale=_locale())


def weekday(local: datetime) -> str:
    """The weekday of a naive wall time: "Wed"."""
    return format_datetime(local, "EEE", locale=_locale())


def day_part(part: DayPart) -> str:
    """The word for a part of the day: "late evening"."""
    words = {
        DayPart.NIGHT: _("night"),
        DayPart.EARLY_MORNING: _("early morning"),
        DayPart.MORNING: _("morning"),
        DayPart.AFTERNOON: _("afternoon"),
        DayPart.EVENING: _("evening"),
        DayPart.LATE_EVENING: _("late evening"),
    }
    return words[part]


def days_apart(days: int) -> str:
    """A shift of date in words: +1 "next day", -1 "day before", +2 "2 days later", 0 ""."""
    if days in {-1, 0, 1}:
        return {-1: _("day before"), 0: "", 1: _("next day")}[days]
    if days > 0:
        return _("%(days)s days later", days=days)
    return _("%(days)s days earlier", days=-days)


def distance(delta: timedelta) -> str:
    """How far something lies from now: "in 6 days", "12 minutes ago"."""
    return format_timedelta(delta, threshold=1.2, add_direction=True, locale=_locale())


# Lists and feeds name the same hours and days again and again, and formatting one costs a tenth of a page.
@lru_cache(maxsize=4096)
def _time(clock: time, pattern: str, locale: str) -> str:
    return str(format_time(clock, pattern, locale=locale))


@lru_cache(maxsize=4096)
def _short_day(day: date, locale: str, *, english: bool) -> str:
    if english:
        return str(format_date(day, "EEE d MMM y", locale=locale))
    return str(format_skeleton("yMMMEd", datetime.combine(day, time()), locale=locale))


def _english() -> bool:
    return current_viewing().locale.partition("_")[0] == "en"


def _locale() -> str:
    # Medical societies are international: day before month, also in English.
    return "en_GB" if current_viewing().locale == "en" else current_viewing().locale
