"""Scale: the full figures, or CI's short form with a tenth of the counts and minutes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """How many of the full figures' counts and seconds are asked for."""

    divisor: int

    def of(self, full: int) -> int:
        """A count or a number of seconds, at least one."""
        return max(1, full // self.divisor)


FORMS = {"long": Scale(1), "short": Scale(10)}
