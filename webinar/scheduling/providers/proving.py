"""Proving: CP-SAT in a process of its own, so that nobody else pays for loading it and it can be stopped."""

import json
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from webinar.scheduling.providers.greedy import Greedy, counts_of
from webinar.scheduling.rules.merged import Merged, merged
from webinar.scheduling.rules.problem import Answer, Problem, answer

MODULE = "webinar.scheduling.providers.cp_sat"


class SolverFailed(Exception):
    """The solver's process ended before it was done."""


@dataclass(frozen=True)
class Proving:
    """Begins with the greedy season, and improves it until no better one can exist."""

    module: str = MODULE

    def answers(self, problem: Problem, limit: timedelta) -> Generator[Answer, None, None]:
        """The greedy answer, then the best one again after each line of the solver, twice a second at least.

        Raises SolverFailed.
        """
        best = next(Greedy().answers(problem, limit))
        yield best
        kinds = merged(problem)
        with _child(self.module, _asked(kinds, best, limit)) as lines:
            for line in lines:
                if line.get("done"):
                    return
                best = _better(problem, kinds, best, line)
                yield best
            raise SolverFailed


def _better(problem: Problem, kinds: Merged, best: Answer, line: dict[str, Any]) -> Answer:
    """The better of the best answer and the line's, with the better bound; an empty line adds nothing."""
    found = answer(problem, kinds.picks(line["counts"])) if "counts" in line else best
    if (found.worst, found.total) > (best.worst, best.total):
        found = best
    bounds = [bound for bound in (line.get("bound"), best.bound) if bound is not None]
    return replace(found, bound=max(bounds, default=None))


def _asked(kinds: Merged, best: Answer, limit: timedelta) -> dict[str, Any]:
    return {
        "carried": list(kinds.carried),
        "kinds": [
            {"columns": kind.columns, "weights": kind.weights, "weeks": len(kind.weeks)}
            for kind in kinds.kinds
        ],
        "worst": best.worst,
        "hint": counts_of(kinds, best.picks),
        "seconds": limit.total_seconds(),
    }


@contextmanager
def _child(module: str, asked: dict[str, Any]) -> Iterator[Iterator[dict[str, Any]]]:
    child = subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        if child.stdin is None or child.stdout is None:
            raise SolverFailed
        child.stdin.write(json.dumps(asked))
        child.stdin.close()
        yield map(json.loads, child.stdout)
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()
