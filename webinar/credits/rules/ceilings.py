"""The last steps: caps of activity, year and cycle, the designated maximum, and the learner's own claim."""

from fractions import Fraction

from webinar.credits.rules.activity import CreditInput
from webinar.credits.rules.rounding import floored
from webinar.credits.rules.steps import Steps
from webinar.credits.rules.terms import CapScope, Scheme


def after_caps(scheme: Scheme, activity: CreditInput, earned: Fraction, steps: Steps) -> Fraction:
    """What is left of `earned` under the caps (less what the person has) and the designated maximum."""
    so_far: tuple[tuple[CapScope, Fraction], ...] = (
        ("activity", Fraction(0)),
        ("year", activity.year_so_far),
        ("cycle", activity.cycle_so_far),
    )
    credit = earned
    for scope, had in so_far:
        most = scheme.cap(scope)
        if most is not None:
            before, credit = credit, min(credit, max(Fraction(0), most - had))
            steps.add(f"cap_{scope}", credit, "credit", max=most, so_far=had, before=before)
    if activity.designated_max is not None:
        before, credit = credit, min(credit, activity.designated_max)
        steps.add("designated_max", credit, "credit", max=activity.designated_max, before=before)
    return credit


def after_claim(scheme: Scheme, activity: CreditInput, computed: Fraction, steps: Steps) -> Fraction:
    """What the learner claims, cut down to the increment; never more than `computed`."""
    if activity.claimed is None:
        return computed
    learner = min(floored(activity.claimed, scheme.rounding), computed)
    steps.add("claim", learner, "credit", claimed=activity.claimed, before=computed)
    return learner
