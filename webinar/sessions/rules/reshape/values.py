"""What a reshaping goes by and what it says: the wish, the sessions as they stand, the fate of each."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from webinar.sessions.rules.rhythm import Rhythm
from webinar.sessions.rules.start import Start, When


class Scope(StrEnum):
    """How far a change reaches from the session that it is made on."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


class Fate(StrEnum):
    """What becomes of a session."""

    CHANGED = "changed"
    KEPT = "kept"
    DROPPED = "dropped"


class Why(StrEnum):
    """Why a session is kept as it stands."""

    CANCELLED = "cancelled"
    BEGUN = "begun"
    EARLIER = "earlier"  # before the session from which on things change
    ADDED = "added"  # an extra date, outside the rhythm
    MOVED = "moved"  # moved by itself
    SAME = "same"  # the new date is the old one
    OTHERS = "others"  # only one session changes, another


@dataclass(frozen=True)
class Shape:
    """A rhythm as stored: naive wall time of the first date in `zone_name`, minutes, RRULE."""

    starts_local: datetime
    zone_name: str
    minutes: int
    rule: str


@dataclass(frozen=True)
class Standing:
    """A session of the series as it stands; `planned_local` is where the rule puts it, in the series' zone."""

    session_id: int
    start: Start
    planned_local: datetime | None
    is_cancelled: bool = False


@dataclass(frozen=True)
class Wish:
    """Session `anchor_id` shall be at `when`, and from it on the rhythm goes; `with_moved` takes along
    sessions that were moved by themselves."""

    scope: Scope
    anchor_id: int
    when: When
    rhythm: Rhythm
    with_moved: bool = False


@dataclass(frozen=True)
class Line:
    """One session before and after; `goes_along` says that it belongs to the new series after a split."""

    session_id: int
    fate: Fate
    why: Why | None
    old: Start
    new: Start
    planned_local: datetime | None
    goes_along: bool = False


@dataclass(frozen=True)
class Reshape:
    """The whole change. `shape` is the rhythm afterwards; after a split it is the new series' and `head`
    what the old one keeps. `added` are dates that get new drafts."""

    scope: Scope
    shape: Shape
    head: Shape | None
    lines: tuple[Line, ...]
    added: tuple[Start, ...]
    notices: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change for anybody."""
        return not self.added and all(line.fate is Fate.KEPT for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """Differs wherever two changes differ."""
        return hashlib.sha256(repr(self).encode()).hexdigest()
