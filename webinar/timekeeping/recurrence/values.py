"""What calendars write down: wall times, UTC times, dates and lengths (RFC 5545 3.3.4 to 3.3.6)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from webinar.timekeeping import checks
from webinar.timekeeping.wall import instant_of
from webinar.timekeeping.zones import ZoneName


class RecurrenceRefused(ValueError):
    """What was written cannot be read or followed; `sentence` says what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Kind(StrEnum):
    """What a written time is."""

    WALL = "wall"
    UTC = "utc"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written: `local` is naive and holds UTC's own reading for kind UTC, midnight for a date."""

    local: datetime
    kind: Kind

    def at(self, zone_name: ZoneName) -> datetime:
        """The instant (aware UTC), wall times and dates read in `zone_name` by RFC 5545 3.3.5."""
        return self.local.replace(tzinfo=UTC) if self.kind is Kind.UTC else instant_of(self.local, zone_name)


@dataclass(frozen=True, slots=True)
class Length:
    """A length by RFC 5545 3.3.6: `days` are nominal (same wall time), `exact` is exact time."""

    days: int = 0
    exact: timedelta = timedelta()


NO_TIME = Length()
"""The length of an event that gives none (RFC 5545 3.6.1)."""


@dataclass(frozen=True, slots=True)
class WallEnd:
    """An end given as wall time in `zone_name`, `after` the start's wall time by the clocks on the wall."""

    after: timedelta
    zone_name: ZoneName


LONGEST = timedelta(days=3660)

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(Z)?)?", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?", re.ASCII)
_LENGTH = re.compile(
    r"([+-]?)P(?=\d|T\d)(?:(\d{1,7})W|(?:(\d{1,7})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7})S)?)?)",
    re.ASCII,
)


def stamp(text: object, what: str = "time") -> Stamp:
    """Read "2026-10-13T18:00", "2026-10-27T18:00Z" or "2026-10-20"; `what` names it in the sentence.

    Raises RecurrenceRefused.
    """
    return _stamp(text, _TIME, f"The {what} {quoted(text)} cannot be read. Write it like 2026-10-13T18:00.")


def basic_stamp(text: str) -> Stamp:
    """Read RFC 5545's own form: "20261103", "20261103T180000" or with Z. Raises RecurrenceRefused."""
    return _stamp(text, _BASIC, f"UNTIL {quoted(text)} cannot be read. Write it like 20261103T180000Z.")


def length(text: object) -> Length:
    """Read a length such as "PT1H", "P1D" or "P2W". Raises RecurrenceRefused, also where it is negative."""
    found = _LENGTH.fullmatch(text.strip().upper()) if isinstance(text, str) else None
    if found is None:
        raise RecurrenceRefused(f"The length {quoted(text)} cannot be read. Write it like PT1H or P1D.")
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    exact = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    whole = timedelta(weeks=weeks, days=days)
    if found[1] == "-" and whole + exact:
        raise RecurrenceRefused(f"The length {quoted(text)} is negative. A session ends after it starts.")
    if whole + exact > LONGEST:
        raise RecurrenceRefused(f"The length {quoted(text)} is more than ten years. Use a shorter one.")
    return Length(whole.days, exact)


def _stamp(text: object, form: re.Pattern[str], sentence: str) -> Stamp:
    found = form.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        raise RecurrenceRefused(sentence)
    year, month, day, hour, minute, second = (int(each or 0) for each in found.groups()[:6])
    try:
        local = checks.wall(datetime(year, month, day, hour, minute, second))  # noqa: DTZ001  as written
    except checks.OutOfYears as refusal:
        raise RecurrenceRefused(refusal.sentence) from None
    except ValueError:
        raise RecurrenceRefused(sentence) from None
    if found[4] is None:
        return Stamp(local, Kind.DATE)
    return Stamp(local, Kind.UTC if found[7] else Kind.WALL)


def quoted(text: object) -> str:
    """A short piece of what was written, for a sentence."""
    shown = text if isinstance(text, str) else repr(text)
    return f"“{shown[:60]}”"
