"""The rules that the session editor offers: those that every calendar program expands alike."""

from datetime import datetime

from webinar.timekeeping import checks
from webinar.timekeeping.recurrence.rule import Freq, Rule, parse_rule
from webinar.timekeeping.recurrence.values import RecurrenceRefused
from webinar.timekeeping.recurrence.walls import rule_dates

_SAFE_DAYS = frozenset({*range(1, 29), -1})


def editor_rule(text: str, start_local: datetime) -> Rule:
    """Read a rule for a series that starts at the naive wall time `start_local`.

    Offered are DAILY; WEEKLY with weekdays; MONTHLY and YEARLY with BYMONTH by one day (1 to 28 or the
    last), by one numbered weekday, or by the first or last of some weekdays; always with COUNT or UNTIL.
    Raises RecurrenceRefused with a sentence for anything else, and where the start is no date of the rule.
    """
    rule = parse_rule(text)
    start_local = checks.wall(start_local)
    if rule.count is None and rule.until is None:
        raise RecurrenceRefused("The series needs an end. Say how often it takes place, or until when.")
    if not portable(rule, start_local):
        raise RecurrenceRefused(
            "Calendar programs disagree on this rule. Repeat daily, weekly, or monthly or yearly on one day"
            " from 1 to 28, on the last day, or on a weekday such as the second Tuesday."
        )
    if next(rule_dates(rule, start_local, start_local), None) != start_local:
        raise RecurrenceRefused(
            "The first session is not on a date of its own rule. Change the start or the rule."
        )
    return rule


def portable(rule: Rule, start_local: datetime) -> bool:
    """Whether all calendar programs agree on the rule for that naive wall start."""
    if rule.by_week_no or rule.by_year_day or rule.by_hour or rule.by_minute or rule.by_second:
        return False
    match rule.freq:
        case Freq.DAILY:
            return not (rule.by_month or rule.by_month_day or rule.by_day or rule.by_set_pos)
        case Freq.WEEKLY:
            return not (rule.by_month or rule.by_set_pos)
        case Freq.MONTHLY:
            return not rule.by_month and _portable_day(rule, start_local)
        case Freq.YEARLY:
            bounded = bool(rule.by_month) or not (rule.by_day or rule.by_month_day or rule.by_set_pos)
            return bounded and _portable_day(rule, start_local)
        case _:
            return False


def _portable_day(rule: Rule, start_local: datetime) -> bool:
    if rule.by_month_day:
        single = len(rule.by_month_day) == 1 and rule.by_month_day[0] in _SAFE_DAYS
        return single and not rule.by_day and not rule.by_set_pos
    if not rule.by_day:
        return start_local.day in _SAFE_DAYS and not rule.by_set_pos
    if rule.by_set_pos:
        return rule.by_set_pos in ((1,), (-1,)) and not any(each.ordinal for each in rule.by_day)
    ordinal = rule.by_day[0].ordinal
    return len(rule.by_day) == 1 and ordinal is not None and abs(ordinal) <= 5
