"""Pattern: a stored rule read back as a rhythm, carried to another start, and walked in both directions."""

import calendar
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from webinar.sessions.rules.rhythm import MOST_INTERVAL, Every, Rhythm, rrule
from webinar.timekeeping.recurrence.rule import Freq, Rule, parse_rule, rule_text
from webinar.timekeeping.recurrence.values import Kind, Stamp
from webinar.timekeeping.recurrence.walls import rule_dates


def every_of(rule: Rule) -> Every:
    """How a rule of a series steps; `rules.rhythm.rrule` writes these four and no others."""
    if rule.freq is Freq.WEEKLY:
        return Every.WEEK
    if rule.by_month_day:
        return Every.DAY_OF_MONTH
    last = any(day.ordinal == -1 for day in rule.by_day)
    return Every.LAST_WEEKDAY_OF_MONTH if last else Every.WEEKDAY_OF_MONTH


def rhythm_of(rule: str, count: int) -> Rhythm:
    """The rhythm of a stored rule, with `count` dates to come, as a form shows it."""
    parsed = parse_rule(rule)
    return Rhythm(every_of(parsed), min(parsed.interval, MOST_INTERVAL), count=count)


def carried(rhythm: Rhythm, starts_local: datetime, zone_name: str, old: Rule) -> Rule:
    """The rule of a rhythm from the naive wall time `starts_local` on, with its end.

    Where the day is one that `old` would give too, its day is kept: 28 February stays "the last day of the
    month" in a series that says so. Raises Invalid with the field.
    """
    rule = parse_rule(rrule(rhythm, starts_local, zone_name, least=1))
    same_day = next(rule_dates(replace(old, interval=1), starts_local, starts_local), None) == starts_local
    if every_of(old) is rhythm.every and same_day:
        return replace(rule, by_day=old.by_day, by_month_day=old.by_month_day)
    return rule


def is_alike(one: Rule, other: Rule) -> bool:
    """Whether two rules step alike, whatever their ends."""
    return replace(one, count=None, until=None) == replace(other, count=None, until=None)


def stepped_back(rule: Rule, starts_local: datetime, steps: int) -> datetime:
    """The naive wall time from which the rule comes to `starts_local` after `steps` steps."""
    if rule.freq is Freq.WEEKLY:
        return starts_local - timedelta(weeks=rule.interval * steps)
    year, month = divmod(starts_local.year * 12 + starts_local.month - 1 - rule.interval * steps, 12)
    return starts_local.replace(year=year, month=month + 1, day=_day_in(rule, year, month + 1))


def date_after(rule: Rule, starts_local: datetime, steps: int) -> datetime:
    """The naive wall time that the rule gives `steps` steps after its first, whatever its end."""
    return next(islice(rule_dates(rule, starts_local), steps, None))


def shortened(rule: Rule, zone_name: str, last_local: datetime, count: int) -> str:
    """The RRULE value of the first `count` dates alone: COUNT again, or UNTIL the last, in UTC by its offset."""
    if rule.count is not None:
        return rule_text(replace(rule, count=count), zone_name)
    return rule_text(replace(rule, until=Stamp(last_local, Kind.WALL)), zone_name)


def _day_in(rule: Rule, year: int, month: int) -> int:
    last = calendar.monthrange(year, month)[1]
    if rule.by_month_day:
        return rule.by_month_day[0] if rule.by_month_day[0] > 0 else last
    weekday, ordinal = rule.by_day[0].weekday, rule.by_day[0].ordinal or 1
    days = [day for day in range(1, last + 1) if calendar.weekday(year, month, day) == weekday]
    return days[ordinal - 1] if ordinal > 0 else days[ordinal]
