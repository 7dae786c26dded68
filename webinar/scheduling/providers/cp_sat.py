"""CP-SAT: proves the fairest season; a process of its own, as the extra it needs is heavy to load.

`python -m webinar.scheduling.providers.cp_sat` reads one merged season as JSON from its input and writes a
line of JSON for each better season or bound; the last line says "done". Nothing else imports this module.
"""

import json
import sys
import threading
from collections.abc import Sequence
from typing import Any

from ortools.sat.python import cp_model

SEARCHES = ("default_lp", "lb_tree_search")
"""One worker for each: both together were the steadiest over seasons of 30 parties."""
MOST_MEGABYTES = 1024
LEAST_SECONDS = 0.5
BEAT_SECONDS = 0.5


class _Telling(cp_model.CpSolverSolutionCallback):
    """Writes each better season."""

    def __init__(self, model: "_Model", out: "_Out") -> None:
        super().__init__()
        self._model, self._out = model, out

    def on_solution_callback(self) -> None:
        counts = [[self.value(each) for each in kind] for kind in self._model.often]
        self._out.write(counts=counts, bound=self._model.bound(self.best_objective_bound))


class _Out:
    """One line of JSON at a time, though bounds and seasons come from two threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def write(self, **line: Any) -> None:
        with self._lock:
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()


class _Model:
    """How often each column of each kind is used; first the worst load counts, then the sum."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.asked, self.model = asked, cp_model.CpModel()
        self.often = [
            [self.model.new_int_var(0, kind["weeks"], "") for _ in kind["columns"]] for kind in asked["kinds"]
        ]
        for kind, often in zip(asked["kinds"], self.often, strict=True):
            self.model.add(sum(often) == kind["weeks"])
        self.worst = self.model.new_int_var(max(asked["carried"], default=0), asked["worst"], "worst")
        for row, carried in enumerate(asked["carried"]):
            costs = [[column[row] for column in kind["columns"]] for kind in asked["kinds"]]
            self.model.add(carried + self._sum(costs) <= self.worst)
        self._proven: int | None = None
        for often, hint in zip(self.often, asked["hint"], strict=True):
            for variable, value in zip(often, hint, strict=True):
                self.model.add_hint(variable, value)

    def first(self) -> None:
        """Look for the least worst load."""
        self.model.minimize(self.worst)

    def then(self, worst: int) -> None:
        """Keep it, and look for the least sum."""
        self._proven = worst
        self.model.add(self.worst <= worst)
        self.model.minimize(self._sum([kind["weights"] for kind in self.asked["kinds"]]))

    def bound(self, best: float) -> int:
        """The bound of the first aim, whichever is looked for."""
        return self._proven if self._proven is not None else round(best)

    def _sum(self, costs: Sequence[Sequence[int]]) -> Any:
        return sum(
            cost * often
            for kind, variables in zip(costs, self.often, strict=True)
            for cost, often in zip(kind, variables, strict=True)
            if cost
        )


def solve(asked: dict[str, Any], out: _Out) -> None:
    """Both aims, one after the other, within the seconds asked for."""
    model = _Model(asked)
    model.first()
    solver = _solver(asked["seconds"])
    solver.best_bound_callback = lambda bound: out.write(bound=model.bound(bound))
    status = solver.solve(model.model, _Telling(model, out))
    if status == cp_model.OPTIMAL:
        worst = round(solver.objective_value)
        out.write(counts=_values(solver, model.often), bound=worst)
        model.then(worst)
        second = _solver(max(LEAST_SECONDS, asked["seconds"] - solver.wall_time))
        if second.solve(model.model, _Telling(model, out)) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            out.write(counts=_values(second, model.often), bound=worst)


def _values(solver: cp_model.CpSolver, often: Sequence[Sequence[Any]]) -> list[list[int]]:
    return [[solver.value(each) for each in kind] for kind in often]


def _solver(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = len(SEARCHES)
    for search in SEARCHES:
        solver.parameters.subsolvers.append(search)
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.max_memory_in_mb = MOST_MEGABYTES
    return solver


def _beat(out: _Out, over: threading.Event) -> None:
    """Write an empty line now and then, so that the reader can look whether it should stop."""
    while not over.wait(BEAT_SECONDS):
        out.write()


def _main() -> None:
    out, over = _Out(), threading.Event()
    beating = threading.Thread(target=_beat, args=(out, over), daemon=True)
    beating.start()
    solve(json.load(sys.stdin), out)
    over.set()
    beating.join()
    out.write(done=True)


if __name__ == "__main__":
    _main()
