"""The steps of a computation, kept with each award so that "why 0.75?" has an answer."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from webinar.credits.rules.amount import value_text

Unit = Literal["s", "count", "credit", "pass"]

ORDER = (
    "gates", "intervals", "sessions", "union", "threshold", "convert", "round", "bonuses", "minimum",
    "faculty", "cap_activity", "cap_year", "cap_cycle", "designated_max", "claim", "live_hours", "result",
)  # fmt: skip
"""The names a step may have, in the order they come; each at most once."""

StepData = dict[str, object]
"""A step as JSON: `step`, `out` (exact text), `unit`, and keys of its own."""


@dataclass
class Steps:
    """The steps so far; `decimals` are the places of every value written."""

    decimals: int
    rows: list[StepData] = field(default_factory=list)

    def text(self, value: Fraction | int) -> str:
        """`value` as written in steps."""
        return value_text(Fraction(value), self.decimals)

    def add(self, step: str, out: Fraction | int, unit: Unit, **more: object) -> None:
        """Write one step down; fractions among `more` become exact text without padding."""
        extra = {
            key: value_text(value) if isinstance(value, Fraction) else value for key, value in more.items()
        }
        self.rows.append({"step": step, "out": self.text(out), "unit": unit} | extra)
