"""What the engine answers: values, unit, and the steps that led to them."""

from dataclasses import dataclass
from fractions import Fraction

from webinar.credits.rules.amount import value_text
from webinar.credits.rules.steps import StepData


@dataclass(frozen=True)
class CreditResult:
    """`status` is "ok" or "blocked:<flag>". `learner` is what is awarded, `computed` the most that may be
    claimed, `faculty` the credit for presenting (None: the role does not apply). Exact fractions of `unit`.
    """

    status: str
    learner: Fraction
    computed: Fraction
    faculty: Fraction | None
    unit: str
    decimals: int
    steps: tuple[StepData, ...]

    @property
    def blocked_by(self) -> str | None:
        """The flag of the gate that failed; None if none did."""
        return self.status.removeprefix("blocked:") if self.status != "ok" else None

    @property
    def present_seconds(self) -> int:
        """Seconds present in creditable sessions before any threshold; 0 for items, stages and blocked."""
        outs = (Fraction(str(step["out"])) for step in self.steps if step["step"] == "union")
        return int(next(outs, Fraction(0)))

    def data(self) -> dict[str, object]:
        """The result as JSON, values as exact text; `faculty` is absent where the role does not apply."""
        values = {"learner": self.learner, "computed": self.computed}
        if self.faculty is not None:
            values["faculty"] = self.faculty
        texts = {key: value_text(value, self.decimals) for key, value in values.items()}
        return {"status": self.status, **texts, "unit": self.unit, "steps": list(self.steps)}


@dataclass(frozen=True)
class RequirementResult:
    """Whether a requirement is met, the credit that counted for it, and what is missing, in order."""

    met: bool
    counted: Fraction
    missing: tuple[str, ...]
    steps: tuple[StepData, ...]

    def data(self) -> dict[str, object]:
        """The result as JSON, `counted` as exact text."""
        counted = value_text(self.counted)
        return {"met": self.met, "counted": counted, "missing": list(self.missing), "steps": list(self.steps)}
