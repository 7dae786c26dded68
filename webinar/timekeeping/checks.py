"""Instants and wall times are told apart at every door: what is neither is refused with a sentence."""

from datetime import UTC, datetime

FIRST_YEAR, LAST_YEAR = 1800, 2500
"""Years that time arithmetic here answers for; they keep every offset away from datetime's limits."""


class NotAnInstant(ValueError):
    """An aware datetime was needed."""


class NotAWallTime(ValueError):
    """A naive datetime was needed."""


class OutOfYears(ValueError):
    """A time outside the years 1800 to 2500."""

    def __init__(self, year: int) -> None:
        self.sentence = f"The year {year} is out of reach. Use a year from {FIRST_YEAR} to {LAST_YEAR}."
        super().__init__(self.sentence)


def instant(value: datetime) -> datetime:
    """`value` in UTC. Raises NotAnInstant where it has no zone, OutOfYears where it is absurd."""
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise NotAnInstant(f"An instant needs its zone: {value!r} has none.")
    _reachable(value)
    return value.astimezone(UTC)


def wall(value: datetime) -> datetime:
    """`value` as it is, a naive wall time. Raises NotAWallTime where it has a zone, OutOfYears."""
    if not isinstance(value, datetime) or value.tzinfo is not None:
        raise NotAWallTime(f"A wall time has no zone of its own: {value!r} does.")
    _reachable(value)
    return value.replace(fold=0)


def _reachable(value: datetime) -> None:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise OutOfYears(value.year)
