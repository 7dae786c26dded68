"""What programs ask: properties of a place, or events of a collection by filter, by name, or since a token."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Span:
    """From `start_at` to before `end_at`, aware UTC; None: without that edge."""

    start_at: datetime | None = None
    end_at: datetime | None = None


@dataclass(frozen=True)
class Wanted:
    """The tags of the properties wanted; `is_all` for all common ones, `names_only` without their values.

    `utc_span`: recurring events come as their instances in this span, all times in UTC (`expand`).
    """

    tags: tuple[str, ...] = ()
    is_all: bool = False
    names_only: bool = False
    utc_span: Span | None = None


@dataclass(frozen=True)
class TextMatch:
    """One property of the event that must hold `text`, or must be there or not if `text` is None."""

    name: str
    text: str | None
    is_negated: bool = False
    is_exact_case: bool = False


@dataclass(frozen=True)
class Filter:
    """Which events are asked for; a calendar of sessions holds nothing but events."""

    takes_events: bool = True
    span: Span | None = None
    texts: tuple[TextMatch, ...] = ()


@dataclass(frozen=True)
class Query:
    """calendar-query (RFC 4791 7.8); `most` is the program's own limit."""

    wanted: Wanted
    filter: Filter
    most: int | None = None


@dataclass(frozen=True)
class Multiget:
    """calendar-multiget (RFC 4791 7.9)."""

    wanted: Wanted
    hrefs: tuple[str, ...]


@dataclass(frozen=True)
class SyncRequest:
    """sync-collection (RFC 6578 3.2); `token` "" asks for everything."""

    wanted: Wanted
    token: str
    most: int | None = None


Report = Query | Multiget | SyncRequest
