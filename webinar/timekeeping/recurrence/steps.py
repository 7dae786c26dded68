"""Rules that step by days, hours, minutes or seconds: each step is kept or skipped, and steps are counted.

dateutil would search for a date that never comes until the year 9999, or for ever within a day.
"""

from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

from webinar.timekeeping.recurrence.rule import Freq, Rule
from webinar.timekeeping.recurrence.values import RecurrenceRefused

STEPS = 200_000
"""How many days, hours, minutes or seconds a rule may look through: all days up to the year 2500."""

STEP = {
    Freq.DAILY: timedelta(days=1),
    Freq.HOURLY: timedelta(hours=1),
    Freq.MINUTELY: timedelta(minutes=1),
    Freq.SECONDLY: timedelta(seconds=1),
}

_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001  any midnight on the wall, to cut a time down to its step


def step_dates(rule: Rule, start_local: datetime, last_local: datetime) -> Iterator[datetime]:
    """The naive wall times of a DAILY, HOURLY, MINUTELY or SECONDLY rule from start to last, in order.

    Raises RecurrenceRefused where that takes more than 200,000 steps.
    """
    for period in _periods(rule, start_local, last_local):
        if _day_fits(rule, period):
            for local in _chosen(rule, _times(rule, period, start_local)):
                if start_local <= local <= last_local:
                    yield local


def _periods(rule: Rule, start_local: datetime, last_local: datetime) -> Iterator[datetime]:
    step = STEP[rule.freq]
    period = start_local - (start_local - _MIDNIGHT) % step
    for _ in range(STEPS):
        if period > last_local:
            return
        yield period
        try:
            period += rule.interval * step
        except OverflowError:
            return
    raise RecurrenceRefused(
        f"The rule runs through more than {STEPS:,} steps. Use a lower frequency such as DAILY."
    )


def _day_fits(rule: Rule, period: datetime) -> bool:
    if rule.by_month and period.month not in rule.by_month:
        return False
    if rule.by_day and period.weekday() not in (each.weekday for each in rule.by_day):
        return False
    if rule.by_month_day and not _counts(
        rule.by_month_day, period.day, monthrange(period.year, period.month)[1]
    ):
        return False
    days = 366 if isleap(period.year) else 365
    return not rule.by_year_day or _counts(rule.by_year_day, period.timetuple().tm_yday, days)


def _counts(wanted: tuple[int, ...], number: int, most: int) -> bool:
    """Whether a number is wanted, counted from the front or, negative, from the end."""
    return number in wanted or number - most - 1 in wanted


def _times(rule: Rule, period: datetime, start_local: datetime) -> list[datetime]:
    """The times of one period: a unit longer than the step is fixed, others come from BY or start."""
    hours = _unit(rule.by_hour, rule.freq >= Freq.HOURLY, period.hour, start_local.hour)
    minutes = _unit(rule.by_minute, rule.freq >= Freq.MINUTELY, period.minute, start_local.minute)
    seconds = _unit(rule.by_second, rule.freq >= Freq.SECONDLY, period.second, start_local.second)
    return [
        period.replace(hour=hour, minute=minute, second=second)
        for hour, minute, second in product(hours, minutes, seconds)
    ]


def _unit(wanted: tuple[int, ...], fixed: bool, here: int, at_start: int) -> list[int]:
    if fixed:
        return [here] if not wanted or here in wanted else []
    return sorted(set(wanted)) or [at_start]


def _chosen(rule: Rule, times: list[datetime]) -> list[datetime]:
    if not rule.by_set_pos:
        return times
    return [each for number, each in enumerate(times, 1) if _counts(rule.by_set_pos, number, len(times))]
