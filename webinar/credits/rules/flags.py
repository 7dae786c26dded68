"""Whether a flag of the input meets what a gate or a bonus asks."""

from collections.abc import Mapping
from fractions import Fraction

from webinar.credits.rules.activity import Flag


def met(flags: Mapping[str, Flag], flag: str, low: Fraction | None, high: Fraction | None = None) -> bool:
    """With a bound: a number inside, bounds included. Without: true. A missing flag fails."""
    value = flags.get(flag)
    if low is None and high is None:
        return value is True
    if value is None or isinstance(value, bool):
        return False
    return (low is None or value >= low) and (high is None or value <= high)
