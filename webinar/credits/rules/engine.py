"""The engine: one person, one activity, one scheme; each rule in its published order, each step kept."""

from fractions import Fraction
from math import ceil

from webinar.credits.rules.activity import CreditInput
from webinar.credits.rules.ceilings import after_caps, after_claim
from webinar.credits.rules.conversion import BucketCredit, buckets, extra_seconds
from webinar.credits.rules.faculty import faculty_credit, spoken_minutes
from webinar.credits.rules.flags import met
from webinar.credits.rules.presence import Attended, attended, counted, creditable_time, time_present
from webinar.credits.rules.result import CreditResult
from webinar.credits.rules.spans import length
from webinar.credits.rules.steps import Steps
from webinar.credits.rules.terms import Bonus, Gate, ItemBasis, Scheme, StagesBasis, TierDayBasis

_NOTHING = Fraction(0)


def compute(scheme: Scheme, activity: CreditInput) -> CreditResult:
    """The credit of one person for one activity under `scheme`, with every step.

    The caller chooses the version (see `versions.valid_on`); nothing here reads a clock.
    """
    steps = Steps(scheme.decimals)
    failed = _failed_gate(scheme, activity, steps)
    if failed is not None:
        steps.add("result", 0, "credit", learner_unit=scheme.unit)
        return _result(scheme, f"blocked:{failed.flag}", (_NOTHING, _NOTHING, None), steps)
    earned = _earned(scheme, activity, steps)
    faculty = _faculty(scheme, activity, steps)
    computed = after_caps(scheme, activity, earned, steps)
    learner = after_claim(scheme, activity, computed, steps)
    steps.add("result", learner, "credit", learner_unit=scheme.unit)
    return _result(scheme, "ok", (learner, computed, faculty), steps)


def _result(
    scheme: Scheme, status: str, values: tuple[Fraction, Fraction, Fraction | None], steps: Steps
) -> CreditResult:
    learner, computed, faculty = values
    return CreditResult(
        status, learner, computed, faculty, scheme.unit, scheme.decimals, steps=tuple(steps.rows)
    )


def _failed_gate(scheme: Scheme, activity: CreditInput, steps: Steps) -> Gate | None:
    """The first gate that is shut; None if all are open."""
    for gate in scheme.gates:
        if not met(activity.flags, gate.flag, gate.min, gate.max):
            bounds = {"min": gate.min, "max": gate.max, "found": activity.flags.get(gate.flag)}
            told = {key: value for key, value in bounds.items() if value is not None}
            steps.add("gates", 0, "pass", flag=gate.flag, **told)
            return gate
    if scheme.gates:
        steps.add("gates", 1, "pass", flags=[gate.flag for gate in scheme.gates])
    return None


def _earned(scheme: Scheme, activity: CreditInput, steps: Steps) -> Fraction:
    """Credit before caps: by piece, by stages, or by time with bonuses and minimum."""
    if isinstance(scheme.basis, ItemBasis):
        credit = scheme.basis.per_item * activity.items
        steps.add("convert", credit, "credit", items=activity.items, per_item=scheme.basis.per_item)
        return credit
    if isinstance(scheme.basis, StagesBasis):
        done = [credit for needed, credit in scheme.basis.table if needed <= activity.stages]
        credit = max(done, default=_NOTHING)
        steps.add("convert", credit, "credit", stages=sorted(activity.stages))
        return credit
    found = buckets(scheme, scheme.basis, activity, _counted(scheme, activity, steps))
    rounded = _rounded_time(scheme, activity, found, steps)
    return _minimum(scheme, _with_bonuses(scheme, activity, rounded, steps), steps)


def _counted(scheme: Scheme, activity: CreditInput, steps: Steps) -> tuple[Attended, ...]:
    usable = sum(1 for row in activity.intervals if row.span[0] < row.span[1])
    steps.add("intervals", usable, "count", ignored=len(activity.intervals) - usable)
    sessions = attended(scheme, activity)
    creditable = length(creditable_time(sessions))
    steps.add("sessions", len(sessions), "count", creditable_s=creditable)
    steps.add("union", length(time_present(sessions)), "s", of_s=creditable)
    kept = counted(scheme.attendance, sessions)
    if scheme.attendance.scope is not None:
        rule = scheme.attendance
        terms = {"scope": rule.scope, "min_pct": rule.min_pct, "grace_min": rule.grace_min}
        steps.add(
            "threshold", length(time_present(kept)), "s", **terms, full=rule.full_on_pass, kept=len(kept)
        )
    return kept


def _rounded_time(
    scheme: Scheme, activity: CreditInput, found: tuple[BucketCredit, ...], steps: Steps
) -> Fraction:
    exact = sum((bucket.exact for bucket in found), _NOTHING)
    extra = extra_seconds(scheme, activity) if any(bucket.seconds for bucket in found) else _NOTHING
    steps.add("convert", exact, "credit", **({"extra_s": extra} if extra else {}))
    credit = sum((bucket.credit for bucket in found), _NOTHING)
    if scheme.rounding.mode != "none" or credit != exact:
        steps.add("round", credit, "credit", **_rounding_terms(scheme, found))
    return credit


def _rounding_terms(scheme: Scheme, found: tuple[BucketCredit, ...]) -> dict[str, object]:
    tiers = isinstance(scheme.basis, TierDayBasis)
    terms: dict[str, object] = {"mode": "none" if tiers else scheme.rounding.mode, "at": scheme.rounding.at}
    if terms["mode"] != "none":
        terms["increment"] = scheme.rounding.increment
    if len(found) > 1:
        texts = Steps(scheme.decimals).text
        terms["buckets"] = [{"name": one.name, "out": texts(one.credit)} for one in found]
    caps = {scope: scheme.cap(scope) for scope in ("half_day", "day")}
    return terms | {f"{scope}_max": most for scope, most in caps.items() if most is not None}


def _with_bonuses(scheme: Scheme, activity: CreditInput, base: Fraction, steps: Steps) -> Fraction:
    """`base` with every bonus that applies; all are taken from the same base, none without one."""
    if not scheme.bonuses:
        return base
    added = [_bonus(bonus, activity, base) for bonus in scheme.bonuses] if base else []
    total = base + sum(added, _NOTHING)
    steps.add("bonuses", total, "credit", added=total - base)
    return total


def _bonus(bonus: Bonus, activity: CreditInput, base: Fraction) -> Fraction:
    if bonus.flag is not None and not met(activity.flags, bonus.flag, bonus.min):
        return _NOTHING
    times = 1 if bonus.per_units is None else ceil(base / bonus.per_units)
    worth = bonus.amount * times
    return worth if bonus.max is None else min(worth, bonus.max)


def _minimum(scheme: Scheme, credit: Fraction, steps: Steps) -> Fraction:
    if not scheme.minimum:
        return credit
    kept = credit if credit >= scheme.minimum else _NOTHING
    steps.add("minimum", kept, "credit", minimum=scheme.minimum, before=credit)
    return kept


def _faculty(scheme: Scheme, activity: CreditInput, steps: Steps) -> Fraction | None:
    if scheme.faculty is None or not activity.faculty_sessions:
        return None
    minutes = spoken_minutes(scheme, scheme.faculty, activity)
    credit = faculty_credit(scheme, scheme.faculty, minutes)
    steps.add("faculty", credit, "credit", minutes=minutes, per_hour=scheme.faculty.per_hour)
    return credit
