"""The dates of a rule in wall time, always bounded, by dateutil with its departures from RFC 5545 mended."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dateutil import rrule

from webinar.timekeeping.checks import LAST_YEAR
from webinar.timekeeping.recurrence.rule import ByDay, Freq, Rule
from webinar.timekeeping.recurrence.steps import STEP, step_dates

_END = datetime(LAST_YEAR, 12, 31, 23, 59, 59)  # noqa: DTZ001  a wall time


def rule_dates(rule: Rule, start_local: datetime, last_local: datetime | None = None) -> Iterator[datetime]:
    """The naive wall times that a rule gives from `start_local` on, in order, without its COUNT and UNTIL.

    Ends after `last_local`, at the latest with the year 2500. `start_local` comes first only where it
    belongs to the rule. Raises RecurrenceRefused where it steps through days or less for too long.
    """
    last = min(last_local or _END, _END)
    if rule.freq in STEP:
        return step_dates(rule, start_local, last)
    if _never(rule):
        return iter(())
    return iter(rrule.rrule(**_dateutil(rule, start_local), until=last))


def _never(rule: Rule) -> bool:
    """Whether BYSETPOS asks for more than a week holds, which dateutil would look for in 400,000 weeks."""
    times = max(len(rule.by_hour), 1) * max(len(rule.by_minute), 1) * max(len(rule.by_second), 1)
    most = max(len(rule.by_day), 1) * times
    return (
        rule.freq is Freq.WEEKLY
        and bool(rule.by_set_pos)
        and all(abs(each) > most for each in rule.by_set_pos)
    )


def _dateutil(rule: Rule, start_local: datetime) -> dict[str, Any]:
    return {
        "freq": int(rule.freq),
        "dtstart": start_local,
        "interval": rule.interval,
        "wkst": rule.week_start,
        "bysetpos": rule.by_set_pos or None,
        "bymonth": rule.by_month or None,
        "bymonthday": rule.by_month_day or None,
        "byyearday": rule.by_year_day or None,
        "byweekno": rule.by_week_no or None,
        "byweekday": [_weekday(each) for each in _days(rule, start_local)] or None,
        "byhour": rule.by_hour or None,
        "byminute": rule.by_minute or None,
        "bysecond": rule.by_second or None,
    }


def _weekday(day: ByDay) -> rrule.weekday:
    return rrule.weekday(day.weekday, day.ordinal)


def _days(rule: Rule, start_local: datetime) -> list[ByDay]:
    """The weekdays as dateutil needs them to mean what RFC 5545 says."""
    if rule.by_week_no and not (rule.by_day or rule.by_month_day or rule.by_year_day):
        # 3.3.10: what the rule leaves open comes from DTSTART; dateutil gives all seven days.
        return [ByDay(start_local.weekday())]
    if any(each.ordinal for each in rule.by_day) and not all(each.ordinal for each in rule.by_day):
        # dateutil takes "MO,2TU" as both at once, so a plain day becomes all its ordinals.
        most = 53 if rule.freq is Freq.YEARLY and not rule.by_month else 5
        plain = [each for each in rule.by_day if not each.ordinal]
        numbered = [each for each in rule.by_day if each.ordinal]
        return numbered + [ByDay(each.weekday, number) for each in plain for number in range(1, most + 1)]
    return list(rule.by_day)
