"""Rhythm: how a series repeats, as an RFC 5545 rule in wall time, and the dates that it gives."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from webinar.refusal import Invalid
from webinar.timekeeping.checks import OutOfYears
from webinar.timekeeping.recurrence.editor import editor_rule
from webinar.timekeeping.recurrence.rule import parse_rule, rule_text
from webinar.timekeeping.recurrence.series import Occurrence, Recurrence, occurrences
from webinar.timekeeping.recurrence.values import Length, RecurrenceRefused
from webinar.timekeeping.wall import Fold, Gap, day_words, local_of
from webinar.timekeeping.zones import city, offset_label

MOST_SESSIONS = 60
MOST_INTERVAL = 26
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TOO_MANY = f"A series has at most {MOST_SESSIONS} sessions. Please choose an earlier end or fewer sessions."


class Every(StrEnum):
    """How a series steps from one date to the next."""

    WEEK = "week"
    WEEKDAY_OF_MONTH = "weekday_of_month"
    LAST_WEEKDAY_OF_MONTH = "last_weekday_of_month"
    DAY_OF_MONTH = "day_of_month"


@dataclass(frozen=True)
class Rhythm:
    """Every `interval` weeks or months, for `count` sessions or `until` a last local date: one of both."""

    every: Every
    interval: int = 1
    count: int | None = None
    until: date | None = None


def rrule(rhythm: Rhythm, starts_local: datetime, zone_name: str, *, least: int = 2) -> str:
    """The RRULE value (RFC 5545 3.3.10) of a rhythm that begins at the naive wall time `starts_local`.

    `least` is how many dates it must have at least. Raises Invalid, with the field, where the rhythm has
    no end, two ends, or cannot begin at that start.
    """
    _check_end(rhythm, starts_local, least)
    if not 1 <= rhythm.interval <= MOST_INTERVAL:
        raise Invalid(f"Please choose a step from 1 to {MOST_INTERVAL}.", "interval")
    end = f"COUNT={rhythm.count}" if rhythm.count else f"UNTIL={rhythm.until:%Y%m%d}"
    text = f"{_pattern(rhythm, starts_local)};INTERVAL={rhythm.interval};{end}"
    try:
        return rule_text(editor_rule(text, starts_local), zone_name)
    except RecurrenceRefused as refused:
        raise Invalid(refused.sentence, "every") from refused


def dates(rule: str, starts_local: datetime, zone_name: str, minutes: int) -> tuple[Occurrence, ...]:
    """The dates of a series, by time; a start in a gap or a fold is read by RFC 5545 3.3.5.

    Raises Invalid for more than 60 dates.
    """
    recurrence = Recurrence(
        start_local=starts_local,
        zone_name=zone_name,
        length=Length(exact=timedelta(minutes=minutes)),
        rule=parse_rule(rule),
    )
    try:
        found = occurrences(recurrence, limit=MOST_SESSIONS)
    except OutOfYears as absurd:
        raise Invalid(absurd.sentence, "starts_local") from absurd
    if not found.complete:
        raise Invalid(_TOO_MANY, "count")
    return found.occurrences


def notices(found: tuple[Occurrence, ...]) -> tuple[str, ...]:
    """What the organiser must know about the dates: clock changes between them, and doubtful starts."""
    told: list[str] = []
    for before, after in zip((None, *found), found, strict=False):
        if isinstance(after.doubt, Gap):
            told.append(_in_gap(after))
        elif isinstance(after.doubt, Fold):
            told.append(_in_fold(after))
        elif before and _label(before) != _label(after):
            told.append(_clock_change(before, after))
    return tuple(told)


def _check_end(rhythm: Rhythm, starts_local: datetime, least: int) -> None:
    if (rhythm.count is None) == (rhythm.until is None):
        raise Invalid("Please say either how many sessions there are or the last date, not both.", "count")
    if rhythm.count is not None and not least <= rhythm.count <= MOST_SESSIONS:
        raise Invalid(f"A series has {least} to {MOST_SESSIONS} sessions.", "count")
    if rhythm.until is not None and rhythm.until < starts_local.date():
        raise Invalid("The last date lies before the first session.", "until")


def _pattern(rhythm: Rhythm, starts_local: datetime) -> str:
    weekday = _DAYS[starts_local.weekday()]
    match rhythm.every:
        case Every.WEEK:
            return f"FREQ=WEEKLY;BYDAY={weekday}"
        case Every.DAY_OF_MONTH:
            return f"FREQ=MONTHLY;BYMONTHDAY={_month_day(starts_local)}"
        case Every.LAST_WEEKDAY_OF_MONTH:
            return f"FREQ=MONTHLY;BYDAY=-1{weekday}"
        case Every.WEEKDAY_OF_MONTH:
            number = (starts_local.day + 6) // 7
            # Few months have a fifth Tuesday, but each has a last one.
            return f"FREQ=MONTHLY;BYDAY={number if number < 5 else -1}{weekday}"


def _month_day(starts_local: datetime) -> int:
    last = calendar.monthrange(starts_local.year, starts_local.month)[1]
    if starts_local.day <= 28:
        return starts_local.day
    if starts_local.day == last:
        return -1
    raise Invalid(
        f"Not every month has a day {starts_local.day}. Start on a day up to 28, on the last day of a month, "
        "or repeat by weekday.",
        "every",
    )


def _label(each: Occurrence) -> str:
    return offset_label(each.start_at, each.zone_name)


def _in_gap(each: Occurrence) -> str:
    shown = local_of(each.start_at, each.zone_name)
    return (
        f"On {day_words(each.start_local)} clocks in {city(each.zone_name)} go forward over "
        f"{each.start_local:%H:%M}: that session starts at {shown:%H:%M} ({_label(each)})."
    )


def _in_fold(each: Occurrence) -> str:
    return (
        f"On {day_words(each.start_local)} clocks in {city(each.zone_name)} go back and "
        f"{each.start_local:%H:%M} comes twice: that session starts the first time ({_label(each)})."
    )


def _clock_change(before: Occurrence, after: Occurrence) -> str:
    return (
        f"Clocks in {city(after.zone_name)} change before {day_words(after.start_local)}: sessions stay at "
        f"{after.start_local:%H:%M} there, now {_label(after)} instead of {_label(before)}. "
        "In other cities they move."
    )
