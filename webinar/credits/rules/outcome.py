"""The outcome of one computation in the form that is kept: rule, input, hash, steps and values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from webinar.credits.rules.activity import CreditInput, PresenceRow
from webinar.credits.rules.amount import value_text
from webinar.credits.rules.canonical import canonical_input_hash, input_data
from webinar.credits.rules.engine import compute
from webinar.credits.rules.steps import StepData
from webinar.credits.rules.terms import Scheme, TimeBasis

ATTENDANCE = Scheme(
    id="attendance", version="1", unit="", decimals=0, basis=TimeBasis(Fraction(60)), authority="house rule"
)
"""The rule of sessions without a credit scheme: attendance is attested, no credit is given."""

LIVE_SECONDS = 300
"""From here on somebody counts as having attended live (product.md 4.6)."""

_ATTENDANCE_STEPS = frozenset({"intervals", "sessions", "union"})


@dataclass(frozen=True)
class Outcome:
    """What an award keeps. `credit` is exact text ("0.75", "0"), `seconds` the time present."""

    scheme_id: str
    scheme_version: str
    unit: str
    status: str
    credit: str
    seconds: int
    input: dict[str, object]
    input_hash: str
    steps: tuple[StepData, ...]

    @property
    def mark(self) -> tuple[str, str, str]:
        """By what an outcome is recognised: the same rule on the same input gives the same."""
        return self.scheme_id, self.scheme_version, self.input_hash

    @property
    def earned(self) -> bool:
        """Whether there is something to certify."""
        return earns(self.scheme_id, self.credit, self.seconds)


def outcome(scheme: Scheme, activity: CreditInput) -> Outcome:
    """The outcome of `activity` under `scheme`; under ATTENDANCE the steps end with the time present."""
    result = compute(scheme, activity)
    steps, credit = result.steps, value_text(result.learner, scheme.decimals)
    if scheme is ATTENDANCE:
        steps = (
            *(step for step in steps if step["step"] in _ATTENDANCE_STEPS),
            {"step": "result", "out": "0", "unit": "credit"},
        )
        credit = "0"
    return Outcome(
        scheme_id=scheme.id,
        scheme_version=scheme.version,
        unit=scheme.unit,
        status=result.status,
        credit=credit,
        seconds=result.present_seconds or _recorded(activity),
        input=input_data(activity),
        input_hash=canonical_input_hash(activity),
        steps=steps,
    )


def earns(scheme_id: str, credit: str, seconds: int) -> bool:
    """Whether an award is worth a certificate: credit above zero, or without a scheme five minutes live."""
    if scheme_id == ATTENDANCE.id:
        return seconds >= LIVE_SECONDS
    return Fraction(credit) > 0


def presence_rows(
    intervals: Sequence[Sequence[str]], seconds: int, starts_at: datetime
) -> tuple[PresenceRow, ...]:
    """Recorded presence for the engine: [from, to] in ISO 8601 with offset.

    Where a provider states only an amount of time, it counts from the start (`starts_at`, aware UTC).
    """
    if not intervals:
        return (PresenceRow(starts_at, starts_at + timedelta(seconds=seconds)),) if seconds > 0 else ()
    return tuple(
        PresenceRow(datetime.fromisoformat(row[0]), datetime.fromisoformat(row[1])) for row in intervals
    )


def _recorded(activity: CreditInput) -> int:
    """Seconds of the recorded rows inside the sessions, for results that stop before presence (a gate)."""
    return compute(ATTENDANCE, activity).present_seconds
