"""The clauses of a scheme: attendance, rounding, gates, bonuses, caps and roles."""

from datetime import time
from fractions import Fraction
from typing import get_args

from webinar.credits.rules.record import Record
from webinar.credits.rules.refused import CreditRefused
from webinar.credits.rules.terms import (
    Attendance,
    Bonus,
    Bucket,
    Cap,
    CapScope,
    FacultyRole,
    Gate,
    Mode,
    Rounding,
)


def attendance(record: Record) -> Attendance:
    """How much presence the scheme asks; absent: none."""
    given = record.record("attendance")
    if given is None:
        return Attendance()
    given.only("scope", "min_pct", "grace_min", "merge_gap_s", "on_pass")
    scope = given.choice("scope", ("session", "activity"))
    share = given.optional_amount("min_pct") if scope is None else given.amount("min_pct")
    if share is not None and share > 100:
        raise CreditRefused(f"{given.name('min_pct')} must be at most 100.")
    return Attendance(
        scope="session" if scope == "session" else "activity" if scope else None,
        min_pct=share or Fraction(0),
        grace_min=given.optional_amount("grace_min") or Fraction(0),
        merge_gap_s=given.optional_amount("merge_gap_s") or Fraction(0),
        full_on_pass=given.choice("on_pass", ("actual", "full")) == "full",
    )


def rounding(record: Record) -> Rounding:
    """How the scheme rounds; absent: not at all."""
    given = record.record("rounding")
    if given is None:
        return Rounding()
    given.only("mode", "increment", "at")
    mode: Mode = given.choice("mode", get_args(Mode)) or given.text("mode")  # type: ignore[assignment]
    at: Bucket = given.choice("at", get_args(Bucket)) or "activity"  # type: ignore[assignment]
    return Rounding(mode, Fraction(1) if mode == "none" else given.positive("increment"), at)


def half_day_at(record: Record) -> time:
    """The local clock time that parts the day; absent: 13:00."""
    written = record.optional_text("half_day_at") or "13:00"
    try:
        wall = time.fromisoformat(written)
    except ValueError:
        wall = None
    if wall is None or wall.tzinfo is not None:
        raise CreditRefused(f"{record.name('half_day_at')} must be a clock time such as 13:00.")
    return wall


def gate(row: Record) -> Gate:
    """One row of `gates`."""
    row.only("flag", "min", "max")
    found = Gate(row.text("flag"), row.optional_amount("min"), row.optional_amount("max"))
    if found.min is not None and found.max is not None and found.max < found.min:
        raise CreditRefused(f"“max” of {row.what} lies below “min”.")
    return found


def bonus(row: Record) -> Bonus:
    """One row of `bonuses`."""
    row.only("flag", "min", "amount", "per_units", "max")
    if row.get("min") is not None and row.get("flag") is None:
        raise CreditRefused(f"“min” of {row.what} needs a “flag” to measure.")
    return Bonus(
        amount=row.amount("amount"),
        flag=row.optional_text("flag"),
        min=row.optional_amount("min"),
        per_units=None if row.get("per_units") is None else row.positive("per_units"),
        max=row.optional_amount("max"),
    )


def cap(row: Record) -> Cap:
    """One row of `caps`."""
    row.only("scope", "max")
    scope: CapScope = row.choice("scope", get_args(CapScope)) or row.text("scope")  # type: ignore[assignment]
    return Cap(scope, row.amount("max"))


def faculty(record: Record) -> FacultyRole | None:
    """The faculty role; None where presenting earns nothing."""
    roles = record.record("roles")
    role = None if roles is None else roles.only("faculty").record("faculty")
    if role is None:
        return None
    role.only("per_hour", "once_per_presentation")
    return FacultyRole(role.amount("per_hour"), role.yes("once_per_presentation"))
