"""The RRULE of RFC 5545 3.3.10 as a value: read with its limits checked, written back in one order."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from dateutil import rrule

from webinar.timekeeping.recurrence.values import Kind, RecurrenceRefused, Stamp, basic_stamp
from webinar.timekeeping.zones import ZoneName


class Freq(IntEnum):
    """How often, in dateutil's numbers."""

    YEARLY = rrule.YEARLY
    MONTHLY = rrule.MONTHLY
    WEEKLY = rrule.WEEKLY
    DAILY = rrule.DAILY
    HOURLY = rrule.HOURLY
    MINUTELY = rrule.MINUTELY
    SECONDLY = rrule.SECONDLY


WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class ByDay:
    """A weekday (0 Monday to 6 Sunday), with an ordinal the n-th of its month or year (−1 the last)."""

    weekday: int
    ordinal: int | None = None

    def __str__(self) -> str:
        return f"{self.ordinal or ''}{WEEKDAYS[self.weekday]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A recurrence rule; without `count` and `until` it has no end. Made by `parse_rule`."""

    freq: Freq
    interval: int = 1
    count: int | None = None
    until: Stamp | None = None
    by_month: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[ByDay, ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_second: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0


_NUMBERS: dict[str, tuple[str, int, int]] = {
    # part: (field, least, greatest); negative ones count from the end and are told by a negative least
    "BYMONTH": ("by_month", 1, 12),
    "BYWEEKNO": ("by_week_no", -53, 53),
    "BYYEARDAY": ("by_year_day", -366, 366),
    "BYMONTHDAY": ("by_month_day", -31, 31),
    "BYHOUR": ("by_hour", 0, 23),
    "BYMINUTE": ("by_minute", 0, 59),
    "BYSECOND": ("by_second", 0, 60),
    "BYSETPOS": ("by_set_pos", -366, 366),
}
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_NUMBERS}
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)


def parse_rule(text: object) -> Rule:
    """Read an RRULE value such as "FREQ=MONTHLY;BYDAY=2TU;COUNT=4". Raises RecurrenceRefused."""
    parts = _split(text)
    if parts.get("FREQ") not in Freq.__members__:
        raise RecurrenceRefused(
            f"The rule “{text}” has no readable FREQ. Start it with FREQ=WEEKLY or the like."
        )
    if "COUNT" in parts and "UNTIL" in parts:
        raise RecurrenceRefused("The rule has both COUNT and UNTIL. Keep one of them.")
    if "WKST" in parts and parts["WKST"] not in WEEKDAYS:
        raise _unreadable("WKST", parts["WKST"])
    rule = Rule(
        freq=Freq[parts["FREQ"]],
        interval=_positive(parts, "INTERVAL") or 1,
        count=_positive(parts, "COUNT"),
        until=basic_stamp(parts["UNTIL"]) if "UNTIL" in parts else None,
        by_day=tuple(_by_day(each) for each in _items(parts, "BYDAY")),
        week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
        **{field: _numbers(parts, name) for name, (field, _, _) in _NUMBERS.items()},
    )
    _check_partners(rule)
    return rule


def rule_text(rule: Rule, zone_name: ZoneName) -> str:
    """The RRULE value for a DTSTART with TZID `zone_name`: UNTIL in UTC by its own offset (3.3.10).

    A date as UNTIL becomes the last second of that day in the zone.
    """
    parts = [f"FREQ={rule.freq.name}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={_until_at(rule.until, zone_name)}")
    for name, (field, _, _) in _NUMBERS.items():
        if values := getattr(rule, field):
            parts.append(f"{name}={','.join(map(str, values))}")
    if rule.by_day:
        parts.append(f"BYDAY={','.join(map(str, rule.by_day))}")
    if rule.week_start:
        parts.append(f"WKST={WEEKDAYS[rule.week_start]}")
    return ";".join(parts)


def _until_at(until: Stamp, zone_name: ZoneName) -> str:
    last = timedelta(days=1, seconds=-1) if until.kind is Kind.DATE else timedelta()
    return f"{Stamp(until.local + last, until.kind).at(zone_name):%Y%m%dT%H%M%SZ}"


def _split(text: object) -> dict[str, str]:
    if not isinstance(text, str):
        raise RecurrenceRefused("The rule is not a text. Write it like FREQ=WEEKLY;COUNT=6.")
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").removesuffix(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name not in _PARTS:
            raise RecurrenceRefused(
                f"“{part[:60]}” is no part of a rule that we can read. Leave it out or correct it."
            )
        if name in parts:
            raise RecurrenceRefused(f"The rule says {name} twice. Keep one of them.")
        parts[name] = value
    return parts


def _items(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _positive(parts: dict[str, str], name: str) -> int | None:
    if name not in parts:
        return None
    value = parts[name]
    if not _NUMBER.fullmatch(value) or int(value) < 1:
        raise RecurrenceRefused(f"{name} must be a whole number from 1, not “{value[:60]}”.")
    return int(value)


def _numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    _, least, greatest = _NUMBERS[name]
    numbers = []
    for item in _items(parts, name):
        if not _NUMBER.fullmatch(item) or not least <= int(item) <= greatest or (least < 0 and not int(item)):
            raise _unreadable(name, item)
        numbers.append(int(item))
    # 3.3.10: who knows no leap seconds reads second 60 as 59.
    return tuple(min(each, 59) if name == "BYSECOND" else each for each in numbers)


def _by_day(item: str) -> ByDay:
    found = _BYDAY.fullmatch(item)
    if found is None or (found[1] and not 1 <= abs(int(found[1])) <= 53):
        raise _unreadable("BYDAY", item)
    return ByDay(WEEKDAYS.index(found[2]), int(found[1]) if found[1] else None)


def _unreadable(name: str, value: str) -> RecurrenceRefused:
    return RecurrenceRefused(f"{name} holds “{value[:60]}”, which is not allowed there. Correct it.")


def _check_partners(rule: Rule) -> None:
    """Which parts may stand together: the MUST NOTs of 3.3.10. Raises RecurrenceRefused."""
    freq, name = rule.freq, rule.freq.name
    ordinals = any(each.ordinal for each in rule.by_day)
    others = (rule.by_month, rule.by_week_no, rule.by_year_day, rule.by_month_day, rule.by_day)
    refused = {
        f"BYDAY with a number is not allowed in a {name} rule.": ordinals and freq > Freq.MONTHLY,
        "BYDAY with a number is not allowed beside BYWEEKNO.": ordinals and rule.by_week_no,
        "BYMONTHDAY is not allowed in a WEEKLY rule.": rule.by_month_day and freq is Freq.WEEKLY,
        f"BYYEARDAY is not allowed in a {name} rule.": rule.by_year_day
        and freq in (Freq.MONTHLY, Freq.WEEKLY, Freq.DAILY),
        f"BYWEEKNO is not allowed in a {name} rule.": rule.by_week_no and freq is not Freq.YEARLY,
        "BYSETPOS needs another BY part beside it.": rule.by_set_pos
        and not any((*others, rule.by_hour, rule.by_minute, rule.by_second)),
    }
    for sentence, broken in refused.items():
        if broken:
            raise RecurrenceRefused(f"{sentence} Correct the rule.")
