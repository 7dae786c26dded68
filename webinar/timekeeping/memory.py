"""What was read from zone data and kept: forgotten together when other zone data is put in its place."""

import zoneinfo
from collections.abc import Callable
from typing import Protocol, TypeVar


class Cached(Protocol):
    """A function with a cache of functools around it."""

    @property
    def cache_clear(self) -> Callable[[], None]: ...


C = TypeVar("C", bound=Cached)
_kept: list[Callable[[], None]] = []


def from_zone_data(cached: C) -> C:
    """Mark a cached function as speaking from zone data: a decorator above `@cache`."""
    _kept.append(cached.cache_clear)
    return cached


def forget() -> None:
    """Read the tzdata package anew from now on, everywhere.

    A running application never replaces its package; tests that compare two releases do.
    """
    for clear in _kept:
        clear()
    zoneinfo.ZoneInfo.clear_cache()  # noqa: TID251  the second place that may
