"""The seam to whoever plans a fair season: one built in, one better one that is an extra."""

from collections.abc import Generator
from datetime import timedelta
from typing import Protocol

from webinar.scheduling.rules.problem import Answer, Problem


class Solver(Protocol):
    """Answers a season, each answer better or better known than the one before.

    Closing it stops the work at once and leaves no process behind.
    """

    def answers(self, problem: Problem, limit: timedelta) -> Generator[Answer, None, None]:
        """At least one answer; the last is the best found within `limit`."""
        ...
