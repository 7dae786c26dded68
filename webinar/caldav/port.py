"""CollectionSource: what CalDAV needs to know of a collection, wherever it comes from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from webinar.calendars.ics.event import CalendarEvent


@dataclass(frozen=True)
class Held:
    """One event of a collection: another `etag`, other bytes. `changed_at` is aware UTC."""

    uid: str
    etag: str
    changed_at: datetime


@dataclass(frozen=True)
class Change:
    """The last thing that happened to a UID: what it became under `version`, or that it left."""

    uid: str
    version: int
    is_gone: bool


class CollectionSource(Protocol):
    """A collection of events, one UID each; `version` rises with each change of one of them."""

    def version(self) -> int:
        """The present version, read before anything else, so that a token never promises too much."""

    def held(self) -> Sequence[Held]:
        """What is in it, by start."""

    def changes(self, since: int, most: int) -> Sequence[Change]:
        """The changes after a version, oldest first, each with a version of its own; at most so many."""

    def events(self, uids: Collection[str]) -> Mapping[str, CalendarEvent]:
        """Some of the events by UID; those that left are missing."""
