"""Lanes: the loads of all parties in one whole number, so that adding and comparing them is one step."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

WIDTH = 24
_GUARD = 1 << (WIDTH - 1)


@dataclass(frozen=True)
class Lanes:
    """Packs `count` loads, each below 2²³, into lanes of 24 bits."""

    count: int

    @cached_property
    def unit(self) -> int:
        """One in every lane."""
        return self.packed([1] * self.count)

    def packed(self, loads: Iterable[int]) -> int:
        """The loads, one lane each; packed loads may be added and subtracted as they are."""
        return sum(load << (WIDTH * lane) for lane, load in enumerate(loads))

    def ceiling(self, most: int) -> int:
        """What `fits` compares with: every lane at most `most`."""
        return (most + _GUARD) * self.unit

    def guard(self) -> int:
        """The bits that stay set where a lane stayed under its ceiling."""
        return _GUARD * self.unit

    def unpacked(self, packed: int) -> list[int]:
        """The loads again."""
        mask = (1 << WIDTH) - 1
        return [(packed >> (WIDTH * lane)) & mask for lane in range(self.count)]
