"""Wall times and instants: which instant a clock on the wall means, where it means none, where two."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from webinar.timekeeping import checks
from webinar.timekeeping.zones import Place, Zone, city, offset_label, place


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading of a doubtful wall time.

    `instant` is aware UTC, `local` the naive wall time there, `sentence` plain English such as
    "01:30 on 8 March 2026, New York (UTC-05:00)".
    """

    instant: datetime
    local: datetime
    offset_label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Certain:
    """A wall time that exists once: `instant` (aware UTC), `local` (naive) and the offset in force."""

    instant: datetime
    local: datetime
    offset_label: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A wall time that no clock shows, as clocks go forward over it.

    `earlier` reads it with the offset after the change, `later` with the offset before (RFC 5545
    3.3.5 takes `later`). `local` is what was typed.
    """

    local: datetime
    earlier: Choice
    later: Choice
    sentence: str


@dataclass(frozen=True, slots=True)
class Fold:
    """A wall time that comes twice, as clocks go back over it.

    `earlier` is the first occurrence (RFC 5545 3.3.5 takes it), `later` the second. `local` is what
    was typed.
    """

    local: datetime
    earlier: Choice
    later: Choice
    sentence: str


Resolution = Certain | Gap | Fold


class Policy(StrEnum):
    """How a doubtful wall time becomes one instant without asking."""

    RFC_5545 = "rfc_5545"  # gap: the offset before it, fold: the first occurrence (3.3.5)
    EARLIER = "earlier"
    LATER = "later"


def resolve(local: datetime, where: Place) -> Resolution:
    """What the naive wall time `local` means in a zone. Raises NotAWallTime, OutOfYears, UnknownZone."""
    local, zone = checks.wall(local), place(where)
    before, after = _with_offset_before(local, zone), _with_offset_after(local, zone)
    if before == after:
        return Certain(before, local, offset_label(before, zone))
    choices = _choice(min(before, after), zone), _choice(max(before, after), zone)
    if after < before:
        return Gap(local, *choices, sentence=_no_such_time(local, zone, choices))
    return Fold(local, *choices, sentence=_twice(local, zone, choices))


def instant_of(local: datetime, where: Place, *, policy: Policy = Policy.RFC_5545) -> datetime:
    """The instant (aware UTC) of the naive wall time `local` in a zone.

    A series uses the default, RFC 5545 3.3.5; a form that has asked passes EARLIER or LATER.
    Raises NotAWallTime, OutOfYears, UnknownZone.
    """
    local, zone = checks.wall(local), place(where)
    before, after = _with_offset_before(local, zone), _with_offset_after(local, zone)
    match policy:
        case Policy.RFC_5545:
            return before
        case Policy.EARLIER:
            return min(before, after)
        case Policy.LATER:
            return max(before, after)


def local_of(instant: datetime, where: Place) -> datetime:
    """The naive wall time in a zone at `instant` (aware). Raises NotAnInstant, OutOfYears, UnknownZone."""
    return checks.instant(instant).astimezone(place(where)).replace(tzinfo=None, fold=0)


def day_words(local: datetime) -> str:
    """The date of a naive wall time in plain English: "8 March 2026"."""
    return f"{local.day} {local:%B} {local.year}"


def _with_offset_before(local: datetime, zone: Zone) -> datetime:
    # PEP 495: fold=0 reads a gap with the offset before it and a fold as its first occurrence.
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _with_offset_after(local: datetime, zone: Zone) -> datetime:
    return local.replace(tzinfo=zone, fold=1).astimezone(UTC)


def _choice(instant: datetime, zone: Zone) -> Choice:
    local, label = local_of(instant, zone), offset_label(instant, zone)
    return Choice(instant, local, label, f"{local:%H:%M} on {day_words(local)}, {city(zone.key)} ({label})")


def _no_such_time(local: datetime, zone: Zone, choices: tuple[Choice, Choice]) -> str:
    return (
        f"{local:%H:%M} on {day_words(local)} does not exist in {city(zone.key)}: clocks go forward"
        f" over it. {_or(choices)}"
    )


def _twice(local: datetime, zone: Zone, choices: tuple[Choice, Choice]) -> str:
    return (
        f"{local:%H:%M} on {day_words(local)} comes twice in {city(zone.key)}: clocks go back. {_or(choices)}"
    )


def _or(choices: tuple[Choice, Choice]) -> str:
    return f"Choose {choices[0].sentence}, or {choices[1].sentence}."
