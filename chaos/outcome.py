"""Outcome: what one test did and found, and the line that says so."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """`injected` faults of the `asked` ones; `lost`, `doubled`, `flagged` as reliability.md counts them.

    `wrongs` are sentences about promises that did not hold; none means that the test passed.
    """

    test: str
    database: str
    asked: int
    injected: int
    lost: int
    doubled: int
    flagged: int
    wrongs: Sequence[str] = ()

    @property
    def complaints(self) -> list[str]:
        """Why it failed, in sentences; too few faults is a failure of its own."""
        dry = self.injected < self.asked
        return [
            *self.wrongs,
            *([f"only {self.injected} of {self.asked} faults were injected"] if dry else []),
        ]

    @property
    def passed(self) -> bool:
        return not self.complaints

    def __str__(self) -> str:
        return (
            f"{self.test} {self.database} injected={self.injected} lost={self.lost} doubled={self.doubled} "
            f"flagged={self.flagged} {'PASS' if self.passed else 'FAIL'}"
        )
