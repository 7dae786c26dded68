"""Rounding of exact fractions to multiples of an increment."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from webinar.credits.rules.terms import Mode, Rounding

_HALF = Fraction(1, 2)

_WAYS: dict[Mode, Callable[[Fraction], int]] = {
    "floor": floor,
    "ceil": ceil,
    "nearest_half_up": lambda steps: floor(steps + _HALF),
    "nearest_half_down": lambda steps: ceil(steps - _HALF),
    "nearest_half_even": round,  # of a Fraction: exact, ties to even
}


def rounded(value: Fraction, rounding: Rounding) -> Fraction:
    """`value` as a multiple of the increment, as the mode says; mode none leaves it exact."""
    if rounding.mode == "none":
        return value
    return _WAYS[rounding.mode](value / rounding.increment) * rounding.increment


def floored(value: Fraction, rounding: Rounding) -> Fraction:
    """`value` cut down to the increment if the scheme rounds at all."""
    if rounding.mode == "none":
        return value
    return floor(value / rounding.increment) * rounding.increment
