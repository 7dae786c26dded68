"""Twice: who was at both live hours of a session is credited for one of them, the better one."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from webinar.credits.rules.activity import CreditInput
from webinar.credits.rules.outcome import Outcome, outcome
from webinar.credits.rules.terms import Scheme

HOURS = "live_hours"
"""The step that says which live hour was counted."""


def counted(outcomes: Sequence[Outcome]) -> int:
    """The index of the outcome that counts: most credit, then most time present, then the earlier hour.

    Raises ValueError without any.
    """
    return max(range(len(outcomes)), key=lambda at: (*_worth(outcomes[at]), -at))


def with_reason(chosen: Outcome, hour: int, other: Outcome) -> Outcome:
    """`chosen`, the outcome of the live hour numbered `hour`, with the step that says why it alone counts."""
    step = {
        "step": HOURS,
        "out": chosen.credit,
        "unit": "credit",
        "hour": hour,
        "present_s": chosen.seconds,
        "other_s": other.seconds,
    }
    *before, result = chosen.steps
    return replace(chosen, steps=(*before, step, result))


def elsewhere(scheme: Scheme, activity: CreditInput, hour: int) -> Outcome:
    """The outcome of a live hour that does not count because the one numbered `hour` does: nothing."""
    nothing = outcome(scheme, replace(activity, sessions=(), faculty_sessions=()))
    step = {"step": HOURS, "out": nothing.credit, "unit": "credit", "hour": hour}
    return replace(nothing, steps=(step,))


def _worth(found: Outcome) -> tuple[bool, Fraction, int]:
    return found.earned, Fraction(found.credit), found.seconds
