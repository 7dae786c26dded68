"""Which version of a scheme applies: the one valid on the activity's first day in its own zone."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from webinar.credits.rules.terms import Requirement, Scheme

Dated = TypeVar("Dated", Scheme, Requirement)


def newest(versions: Iterable[Dated]) -> Dated | None:
    """The version that begins last, then the one with the highest version text (10 after 9); None of none."""
    return max(versions, key=lambda each: (each.valid_from or date.min, _natural(each.version)), default=None)


def valid_on(versions: Iterable[Dated], day: date) -> Dated | None:
    """The newest version with valid_from ≤ `day` ≤ valid_to, a local day of the activity; None if none is."""
    return newest(each for each in versions if _valid(each, day))


def _valid(each: Scheme | Requirement, day: date) -> bool:
    begun = each.valid_from is None or each.valid_from <= day
    return begun and (each.valid_to is None or day <= each.valid_to)


def _natural(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(digits or 0), word) for digits, word in re.findall(r"([0-9]+)|([^0-9]+)", version))
