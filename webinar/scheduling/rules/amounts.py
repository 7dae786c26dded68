"""Counts, lists and dates in the plain English of warnings."""

from collections.abc import Sequence
from datetime import date


def of_people(count: int, everybody: int) -> str:
    """The weight of a region: "212 of 1,451 people"."""
    return f"{count:,} of {everybody:,} {'person' if everybody == 1 else 'people'}"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: "a", "a and b", "a, b and c"; of nothing: ""."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def day_of(day: date) -> str:
    """A date in plain English: "27 October 2026"."""
    return f"{day.day} {day:%B} {day.year}"
