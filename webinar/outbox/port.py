"""What a letter turns into when it is due: nothing more, an errand outside, or nothing useful."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class Errand(Protocol):
    """Work outside the database, done after the transaction is closed.

    `run` raises Undeliverable (final), Ambiguous (may have happened) or anything else (try later).
    """

    def run(self) -> None: ...


@dataclass(frozen=True)
class Useless:
    """The letter's time has passed or its reason is gone; it ends as missed, nobody is told."""

    because: str


class Undeliverable(Exception):
    """A final refusal by the receiving side: trying again cannot help."""


class Ambiguous(Exception):
    """The connection was lost when the other side may already have accepted."""


@dataclass(frozen=True)
class Due:
    """A letter as its opener sees it. `now` is an aware UTC instant."""

    key: str
    payload: Mapping[str, Any]
    now: datetime
    attempt: int


Opened = Errand | Useless | None
Opener = Callable[[Due], Opened]
"""Opens a due letter inside a transaction: may write, may return an errand to run outside it."""
