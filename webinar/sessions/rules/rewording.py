"""Rewording: which words of one session, once changed, go to the others of its series."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Words = Mapping[str, Any]
"""The words of a session by the name of their field."""


@dataclass(frozen=True)
class Rewording:
    """What one session gets: `put` fields are replaced; `own` ones were edited there and stay."""

    session_id: int
    put: tuple[str, ...]
    own: tuple[str, ...]


def reworded(
    before: Words, after: Words, others: Mapping[int, Words], *, overwrite: bool
) -> tuple[Rewording, ...]:
    """For each other session the fields to replace, in the order of the form.

    Only fields that differ between `before` and `after` are looked at. A session that says something else
    than `before` there was edited by itself: it keeps its words unless `overwrite`.
    """
    changed = [name for name in after if after[name] != before[name]]
    return tuple(
        _one(session_id, words, changed, (before, after), overwrite=overwrite)
        for session_id, words in others.items()
    )


def _one(
    session_id: int, words: Words, changed: list[str], turn: tuple[Words, Words], *, overwrite: bool
) -> Rewording:
    before, after = turn
    differing = [name for name in changed if words[name] != after[name]]
    put = tuple(name for name in differing if overwrite or words[name] == before[name])
    return Rewording(session_id, put, tuple(name for name in differing if name not in put))
