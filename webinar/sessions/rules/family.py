"""Family: the series that were one before "this and following" split them; to everybody else they are one."""

from collections.abc import Mapping


def family(series_id: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """The ids of all series of a family, the oldest first; `parents` says from which each was split."""
    root = _root(series_id, parents)
    return tuple(sorted(each for each in {series_id, *parents} if _root(each, parents) == root))


def _root(series_id: int, parents: Mapping[int, int | None]) -> int:
    while (parent := parents.get(series_id)) is not None:
        series_id = parent
    return series_id
