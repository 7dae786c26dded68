"""Recurrence rules: the portable subset of RFC 5545 3.3.10 that every known reader expands alike."""

import re
from calendar import monthrange
from datetime import datetime

from webinar.calendars.ics.instants import utc
from webinar.calendars.ics.unwritable import Unwritable

_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,3}",
    "UNTIL": r"\d{8}T\d{6}Z",
    "BYMONTH": r"[1-9]|1[0-2]",
    "BYMONTHDAY": r"[1-9]|1\d|2[0-8]|-1",
    "BYDAY": r"(?:-1|[1-4])(?:MO|TU|WE|TH|FR|SA|SU)|(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*",
    "BYSETPOS": r"-?1",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}

HORIZON = 20
"""Years for which zone rules are written when a series has no end."""


def checked(rrule: str, start_local: datetime) -> str:
    """`rrule` (a RECUR value without its name) as it stands, for a series from the aware `start_local`.

    Raises Unwritable outside the subset (such a series is written as one event a session), and
    when the start is no occurrence of the rule: readers count it or not, as they please.
    """
    parts = _parts(rrule)
    if not rrule.startswith("FREQ=") or ("COUNT" in parts and "UNTIL" in parts) or not _portable(parts):
        raise _outside(rrule)
    if not _holds(parts, start_local):
        raise Unwritable(f"The start {start_local:%Y-%m-%d} is not a day of the rule {rrule!r}.")
    return rrule


def last_year(rrule: str, first_year: int) -> int:
    """A year not before that of the rule's last occurrence, at most HORIZON years after `first_year`."""
    parts = _parts(rrule)
    horizon = first_year + HORIZON
    if "UNTIL" in parts:
        return min(int(parts["UNTIL"][:4]) + 1, horizon)
    if "COUNT" not in parts or ("BYMONTH" in parts and parts["FREQ"] != "YEARLY"):
        return horizon
    # A day rule with weekdays meets at least one of them every seven of its steps.
    slower = 7 if parts["FREQ"] == "DAILY" and "BYDAY" in parts else 1
    days = _DAYS[parts["FREQ"]] * int(parts.get("INTERVAL", "1")) * int(parts["COUNT"]) * slower
    return min(first_year + 1 + days // 365, horizon)


def _parts(rrule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rrule.split(";"):
        name, _, value = part.partition("=")
        if name in parts or name not in _PARTS or not re.fullmatch(_PARTS[name], value, re.ASCII):
            raise _outside(rrule)
        parts[name] = value
    return parts


def _portable(parts: dict[str, str]) -> bool:
    """Whether the parts stand together as the subset has it."""
    names = parts.keys()
    ordinal = parts.get("BYDAY", "")[:1] in ("-", "1", "2", "3", "4")
    if parts["FREQ"] in ("DAILY", "WEEKLY"):
        return not ordinal and not names & {"BYMONTH", "BYMONTHDAY", "BYSETPOS"}
    if "BYMONTH" in names and parts["FREQ"] == "MONTHLY":
        return False
    if "BYDAY" not in names:
        return "BYSETPOS" not in names and ("BYMONTHDAY" not in names or _names_month(parts))
    return "BYMONTHDAY" not in names and ordinal != ("BYSETPOS" in names) and _names_month(parts)


def _names_month(parts: dict[str, str]) -> bool:
    return parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts


def _holds(parts: dict[str, str], local: datetime) -> bool:
    """Whether the aware `local` is a day of the rule. Without a named day, one that every month has."""
    length = monthrange(local.year, local.month)[1]
    if parts.get("BYMONTH", str(local.month)) != str(local.month):
        return False
    if parts.get("UNTIL", "Z") < utc(local):
        return False
    if "BYMONTHDAY" in parts:
        return local.day == (length if parts["BYMONTHDAY"] == "-1" else int(parts["BYMONTHDAY"]))
    if "BYDAY" not in parts:
        return parts["FREQ"] in ("DAILY", "WEEKLY") or local.day <= 28
    days = [_WEEKDAYS.index(day.lstrip("-1234")) for day in parts["BYDAY"].split(",")]
    nth = parts.get("BYSETPOS") or parts["BYDAY"].rstrip("ADEFHMORSTUW,")
    return local.weekday() in days and (not nth or _is_nth(local, int(nth), days, length))


def _is_nth(local: datetime, nth: int, days: list[int], length: int) -> bool:
    """Whether `local` is the nth (-1: the last) of its month's days whose weekday is in `days`."""
    found = [day for day in range(1, length + 1) if (local.weekday() + day - local.day) % 7 in days]
    return found[nth - 1 if nth > 0 else nth] == local.day


def _outside(rrule: str) -> Unwritable:
    return Unwritable(f"The rule {rrule[:80]!r} is not read alike everywhere; write one event a session.")
