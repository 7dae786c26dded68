"""From counted seconds to credit: converted, rounded per bucket, held under the caps of the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from webinar.credits.rules.activity import CreditInput
from webinar.credits.rules.days import by_day, halves
from webinar.credits.rules.presence import Attended, time_present
from webinar.credits.rules.rounding import rounded
from webinar.credits.rules.spans import length
from webinar.credits.rules.terms import Rounding, Scheme, TierDayBasis, TimeBasis


@dataclass(frozen=True)
class BucketCredit:
    """One bucket of time: its name, seconds, exact credit, and the credit after rounding and caps."""

    name: str
    seconds: Fraction
    exact: Fraction
    credit: Fraction


@dataclass(frozen=True)
class _Meter:
    """How seconds become credit in one scheme."""

    per_second: Fraction
    rounding: Rounding

    def read(self, name: str, seconds: Fraction | int, most: Fraction | None = None) -> BucketCredit:
        exact = self.per_second * seconds
        return BucketCredit(name, Fraction(seconds), exact, _under(rounded(exact, self.rounding), most))


def buckets(
    scheme: Scheme, basis: TimeBasis | TierDayBasis, activity: CreditInput, counted: tuple[Attended, ...]
) -> tuple[BucketCredit, ...]:
    """The credit of a timed scheme, bucket by bucket; together they are what was earned before bonuses."""
    if isinstance(basis, TierDayBasis):
        return tuple(_tier_days(scheme, basis, activity, counted))
    meter = _Meter(basis.multiplier / (basis.minutes_per_unit * 60), scheme.rounding)
    if scheme.rounding.at == "day":
        return tuple(_days(scheme, meter, activity, counted))
    if scheme.rounding.at == "session":
        return tuple(meter.read(each.session.id, length(each.spans)) for each in counted)
    present = length(time_present(counted))
    return (meter.read("activity", present + extra_seconds(scheme, activity) if present else 0),)


def extra_seconds(scheme: Scheme, activity: CreditInput) -> Fraction:
    """Seconds of the extra minutes that the scheme lets count."""
    extras = (each.minutes for each in activity.extra_minutes if each.kind in scheme.creditable_extra)
    return sum(extras, Fraction(0)) * 60


def _under(value: Fraction, most: Fraction | None) -> Fraction:
    return value if most is None else min(value, most)


def _days(
    scheme: Scheme, meter: _Meter, activity: CreditInput, counted: Iterable[Attended]
) -> Iterable[BucketCredit]:
    half_cap, day_cap = scheme.cap("half_day"), scheme.cap("day")
    for day, spans in by_day(time_present(counted), activity.zone).items():
        pieces = (spans,) if half_cap is None else halves(spans, day, activity.zone, scheme.half_day_at)
        parts = [meter.read(str(day), length(piece), half_cap) for piece in pieces]
        credit = _under(sum((part.credit for part in parts), Fraction(0)), day_cap)
        exact = sum((part.exact for part in parts), Fraction(0))
        yield BucketCredit(str(day), Fraction(length(spans)), exact, credit)


def _tier_days(
    scheme: Scheme, basis: TierDayBasis, activity: CreditInput, counted: Iterable[Attended]
) -> Iterable[BucketCredit]:
    for day, spans in by_day(time_present(counted), activity.zone).items():
        present = Fraction(length(spans))
        reached = [tier.credits for tier in basis.tiers if present >= tier.min_minutes * 60]
        exact = max(reached, default=Fraction(0))
        yield BucketCredit(str(day), present, exact, _under(exact, scheme.cap("day")))
