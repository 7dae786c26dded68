"""Footers of zone files: the POSIX rule that holds after the last listed change (RFC 9636 3.3.1)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from webinar.calendars.ics.zonefile import Change, Regime

_NAME = r"<[^>]+>|[A-Za-z]{3,}"
_OFFSET = r"[+-]?\d{1,3}(?::\d\d){0,2}"
_FOOTER = re.compile(rf"({_NAME})({_OFFSET})(?:({_NAME})({_OFFSET})?(?:,([^,]+),([^,]+))?)?")
_RULE = re.compile(rf"(?:M(\d+)\.(\d)\.(\d)|(J?)(\d+))(?:/({_OFFSET}))?")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_DAY = 86400
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Rule:
    """The day of a yearly change and the seconds after its midnight, on the clock before the change."""

    month: int
    week: int
    weekday: int
    seconds: int
    yearday: int = -1
    skips_leap_day: bool = False

    def local(self, year: int) -> int:
        """Seconds from 1970-01-01T00:00 of the wall clock to the change of `year`."""
        return (self._day(year) - _EPOCH) * _DAY + self.seconds

    def recurrence(self) -> str | None:
        """The rule as a RECUR value; None where one BYDAY cannot say it."""
        if not self.month or not 0 <= self.seconds < _DAY:
            return None
        week = -1 if self.week == 5 else self.week
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={week}{_WEEKDAYS[self.weekday]}"

    def _day(self, year: int) -> int:
        if self.month:
            first = date(year, self.month, 1)
            day = 1 + (self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1)
            return first.toordinal() - 1 + (day if day <= monthrange(year, self.month)[1] else day - 7)
        if self.skips_leap_day:
            return date(year, 1, 1).toordinal() + self.yearday - 1 + (self.yearday > 59 and _leap(year))
        return date(year, 1, 1).toordinal() + self.yearday


@dataclass(frozen=True)
class Footer:
    """The standard regime and, where clocks change each year, summer's with its two rules."""

    standard: Regime
    summer: Regime | None = None
    begins: Rule | None = None
    ends: Rule | None = None

    def changes(self, first_year: int, last_year: int) -> list[Change]:
        """The changes of those years, in order."""
        if not (self.summer and self.begins and self.ends):
            return []
        found = []
        for year in range(first_year, last_year + 1):
            begin = self.begins.local(year) - self.standard.offset
            end = self.ends.local(year) - self.summer.offset
            found.append(Change(begin, self.standard, self.summer))
            found.append(Change(end, self.summer, self.standard))
        return sorted(found)

    def recurrence(self, change: Change) -> str | None:
        """The RECUR value that repeats `change`; None unless both rules can be said so."""
        begins = self.begins.recurrence() if self.begins else None
        ends = self.ends.recurrence() if self.ends else None
        if not begins or not ends:
            return None
        return begins if change.after == self.summer else ends


def parse(footer: str) -> Footer:
    """A POSIX TZ string such as GMT0BST,M3.5.0/1,M10.5.0. Raises ValueError."""
    match = _FOOTER.fullmatch(footer)
    if not match:
        raise ValueError(f"unreadable zone footer {footer!r}")
    name, west, summer_name, summer_west, begins, ends = match.groups()
    standard = Regime(-_seconds(west), False, name.strip("<>"))
    if not summer_name:
        return Footer(standard)
    offset = -_seconds(summer_west) if summer_west else standard.offset + 3600
    summer = Regime(offset, True, summer_name.strip("<>"))
    return Footer(standard, summer, _rule(begins or "M3.2.0"), _rule(ends or "M11.1.0"))


def _rule(text: str) -> Rule:
    match = _RULE.fullmatch(text)
    if not match:
        raise ValueError(f"unreadable zone rule {text!r}")
    month, week, weekday, julian, yearday, time = match.groups()
    seconds = _seconds(time) if time else 7200
    if month:
        return Rule(int(month), int(week), int(weekday), seconds)
    return Rule(0, 0, 0, seconds, int(yearday), bool(julian))


def _seconds(text: str) -> int:
    hours, minutes, seconds = [int(part) for part in f"{text.lstrip('+-')}:0:0".split(":")[:3]]
    size = hours * 3600 + minutes * 60 + seconds
    return -size if text.startswith("-") else size


def _leap(year: int) -> bool:
    return monthrange(year, 2)[1] == 29
