"""Solvers by name; `best` is the strongest one installed.

Whether the extra is there is asked without loading it: importing OR-tools takes seconds and 150 MB, which
only its own process pays (docs/decisions/0011-fair-seasons.md).
"""

from collections.abc import Mapping
from importlib.util import find_spec

from webinar.scheduling.port import Solver
from webinar.scheduling.providers.greedy import Greedy
from webinar.scheduling.providers.proving import Proving

SOLVERS: Mapping[str, Solver] = {"greedy": Greedy(), "cp_sat": Proving()}


def can_prove() -> bool:
    """Whether the extra `fair` is installed."""
    return find_spec("ortools") is not None
