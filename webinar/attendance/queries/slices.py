"""Slice: one page of a longer list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Slice(Generic[T]):
    """One page; `first` and `last` count from 1, `number` is the page's, `total` counts the whole list."""

    items: Sequence[T]
    number: int
    total: int
    size: int

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.size + len(self.items)

    @property
    def pages(self) -> int:
        return max(-(-self.total // self.size), 1)


def nearest(number: int, total: int, size: int) -> int:
    """The page number that exists and lies nearest to `number`, from 1."""
    return min(max(number, 1), max(-(-total // size), 1))
