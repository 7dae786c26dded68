"""What a scheme says: the frozen terms by which credit is computed."""

from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from typing import Literal

UNCREDITED_KINDS = frozenset(
    ("break", "meal", "reception", "welcome", "promotional", "satellite", "business", "award")
)
"""Kinds of session that earn nothing where a scheme names no others."""

Mode = Literal["none", "floor", "ceil", "nearest_half_up", "nearest_half_down", "nearest_half_even"]
Bucket = Literal["session", "day", "activity"]
CapScope = Literal["half_day", "day", "activity", "year", "cycle"]


@dataclass(frozen=True)
class TimeBasis:
    """Credit by time: seconds × multiplier ÷ (minutes_per_unit × 60)."""

    minutes_per_unit: Fraction
    multiplier: Fraction = Fraction(1)


@dataclass(frozen=True)
class Tier:
    """`credits` for a local day with at least `min_minutes` of presence."""

    min_minutes: Fraction
    credits: Fraction


@dataclass(frozen=True)
class TierDayBasis:
    """Credit by local day: the best tier whose minutes are reached."""

    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class ItemBasis:
    """Credit by piece: articles or units."""

    per_item: Fraction


@dataclass(frozen=True)
class StagesBasis:
    """Credit by stages done: the largest entry all of whose stages are done."""

    table: tuple[tuple[frozenset[str], Fraction], ...]


Basis = TimeBasis | TierDayBasis | ItemBasis | StagesBasis


@dataclass(frozen=True)
class Attendance:
    """How much presence is asked: `min_pct` of a session or of the activity; no scope, no threshold.

    Who passes gets the time present or, with `full_on_pass`, the whole window.
    """

    scope: Literal["session", "activity"] | None = None
    min_pct: Fraction = Fraction(0)
    grace_min: Fraction = Fraction(0)
    merge_gap_s: Fraction = Fraction(0)
    full_on_pass: bool = False


@dataclass(frozen=True)
class Rounding:
    """To which multiple of `increment`, which way, and for which bucket of time."""

    mode: Mode = "none"
    increment: Fraction = Fraction(1)
    at: Bucket = "activity"


@dataclass(frozen=True)
class Gate:
    """A fact without which nothing is earned: a flag that is true, or a number inside its bounds."""

    flag: str
    min: Fraction | None = None
    max: Fraction | None = None


@dataclass(frozen=True)
class Bonus:
    """Credit on top of a base above zero: for a flag, or per started `per_units` of the base."""

    amount: Fraction
    flag: str | None = None
    min: Fraction | None = None
    per_units: Fraction | None = None
    max: Fraction | None = None


@dataclass(frozen=True)
class Cap:
    """The most that counts within a scope."""

    scope: CapScope
    max: Fraction


@dataclass(frozen=True)
class FacultyRole:
    """Credit for presenting, by hours spoken."""

    per_hour: Fraction
    once_per_presentation: bool = False


@dataclass(frozen=True)
class Source:
    """Where a rule is published, and what it says there."""

    url: str
    says: str


@dataclass(frozen=True)
class Scheme:
    """One version of one scheme. A published version never changes; dates are local days, None is open."""

    id: str
    version: str
    unit: str
    decimals: int
    basis: Basis
    valid_from: date | None = None
    valid_to: date | None = None
    superseded_by: str | None = None
    authority: str = ""
    formats: tuple[str, ...] = ()
    excluded_kinds: frozenset[str] = UNCREDITED_KINDS
    creditable_extra: frozenset[str] = frozenset()
    attendance: Attendance = Attendance()
    rounding: Rounding = Rounding()
    half_day_at: time = time(13)
    minimum: Fraction = Fraction(0)
    gates: tuple[Gate, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    caps: tuple[Cap, ...] = ()
    faculty: FacultyRole | None = None
    settings: tuple[str, ...] = ()
    notes: str = ""
    sources: tuple[Source, ...] = ()

    def cap(self, scope: CapScope) -> Fraction | None:
        """The lowest cap of that scope; None without one."""
        return min((cap.max for cap in self.caps if cap.scope == scope), default=None)


@dataclass(frozen=True)
class Requirement:
    """What a body asks of a person over a year or a cycle. `bucket_min` names joined by + are summed."""

    id: str
    version: str = "1"
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    superseded_by: str | None = None
    authority: str = ""
    total: Fraction | None = None
    year_cap: Fraction | None = None
    bucket_min: tuple[tuple[str, Fraction], ...] = ()
    bucket_max: tuple[tuple[str, Fraction], ...] = ()
    distinct_min: int = 0
    flags: tuple[str, ...] = ()
    notes: str = ""
    sources: tuple[Source, ...] = ()
