"""Judging a requirement: what counts of the credits a person has, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from webinar.credits.rules.activity import RequirementInput
from webinar.credits.rules.amount import value_text
from webinar.credits.rules.result import RequirementResult
from webinar.credits.rules.steps import StepData
from webinar.credits.rules.terms import Requirement

_NOTHING = Fraction(0)
_Sums = dict[str | None, Fraction]


def judge(requirement: Requirement, person: RequirementInput) -> RequirementResult:
    """Whether the credits and facts of a person meet `requirement`."""
    by_year = _sums((each.year, each.credits) for each in person.earned)
    by_bucket = _sums((each.bucket, each.credits) for each in person.earned)
    counted = _counted(requirement, by_year, by_bucket)
    missing = tuple(_missing(requirement, person, by_bucket, counted))
    steps = (*_steps("year", by_year), *_steps("bucket", by_bucket), _step("counted", counted))
    return RequirementResult(not missing, counted, missing, steps)


def _sums(pairs: Iterable[tuple[str | None, Fraction]]) -> _Sums:
    sums: defaultdict[str | None, Fraction] = defaultdict(Fraction)
    for name, credits in pairs:
        sums[name] += credits
    return dict(sums)


def _counted(requirement: Requirement, by_year: _Sums, by_bucket: _Sums) -> Fraction:
    if requirement.year_cap is not None:
        return sum((min(credits, requirement.year_cap) for credits in by_year.values()), _NOTHING)
    most = dict(requirement.bucket_max)
    capped = (
        min(credits, most[bucket]) if bucket is not None and bucket in most else credits
        for bucket, credits in by_bucket.items()
    )
    return sum(capped, _NOTHING)


def _missing(
    requirement: Requirement, person: RequirementInput, by_bucket: _Sums, counted: Fraction
) -> Iterable[str]:
    if requirement.total is not None and counted < requirement.total:
        yield "total"
    for names, least in requirement.bucket_min:
        if sum((by_bucket.get(name.strip(), _NOTHING) for name in names.split("+")), _NOTHING) < least:
            yield names
    filled = [bucket for bucket, credits in by_bucket.items() if bucket is not None and credits > 0]
    if len(filled) < requirement.distinct_min:
        yield "distinct"
    yield from (flag for flag in requirement.flags if person.flags.get(flag) is not True)


def _steps(group: str, sums: _Sums) -> list[StepData]:
    return [_step(group, credits, name=name) for name, credits in sums.items() if name is not None]


def _step(step: str, out: Fraction, **more: object) -> StepData:
    return {"step": step, "out": value_text(out), "unit": "credit"} | more
