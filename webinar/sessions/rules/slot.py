"""Slot: which part of a session belongs to which talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Slot:
    """The time of one talk; instants aware UTC."""

    starts_at: datetime
    ends_at: datetime


def slots(starts_at: datetime, ends_at: datetime, talks: Sequence[int | None]) -> tuple[Slot, ...]:
    """One slot per talk, in order; `talks` are lengths in minutes, None where none was agreed.

    Talks without a length share equally, in whole minutes, what the others leave. Where the lengths do
    not fit into the session at all, everybody gets the whole of it: a wrong time is worse than a wide one.
    """
    whole = Slot(starts_at, ends_at)
    total = int((ends_at - starts_at).total_seconds() // 60)
    left = total - sum(talk or 0 for talk in talks)
    open_talks = sum(talk is None for talk in talks)
    share = left // open_talks if open_talks else 0
    if left < 0 or (open_talks and share < 1):
        return tuple(whole for _ in talks)
    found, begins_at = [], starts_at
    for talk in talks:
        stops_at = begins_at + timedelta(minutes=share if talk is None else talk)
        found.append(Slot(begins_at, stops_at))
        begins_at = stops_at
    return tuple(found)
