"""What a computation changes about the award that stands."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from webinar.credits.rules.outcome import Outcome


class Change(StrEnum):
    """How an outcome differs from the award before it."""

    NEW = "new"
    SAME = "same"
    RECOMPUTED = "recomputed"  # other minutes or another version, the same credit
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


def change(before: Outcome | None, after: Outcome) -> Change:
    """What `after` changes about `before`; None where nothing stood."""
    if before is None:
        return Change.NEW
    if before.mark == after.mark:
        return Change.SAME
    if before.earned and not after.earned:
        return Change.WITHDRAWN
    same = (before.unit, Fraction(before.credit), before.earned) == (
        after.unit,
        Fraction(after.credit),
        after.earned,
    )
    return Change.RECOMPUTED if same else Change.CHANGED


def tally(changes: Iterable[Change]) -> dict[Change, int]:
    """How many of each, in the order of the enum; kinds that do not occur are 0."""
    counted = Counter(changes)
    return {each: counted[each] for each in Change}
