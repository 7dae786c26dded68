"""What one person did in one activity: sessions, presence, facts; every instant aware, in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from webinar.credits.rules.spans import Span
from webinar.timekeeping.zones import Zone, zone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def seconds(instant: datetime) -> int:
    """Whole seconds of an aware instant since 1970 UTC; fractions are cut off."""
    return (instant.replace(microsecond=0) - _EPOCH) // timedelta(seconds=1)


@dataclass(frozen=True)
class SessionWindow:
    """When a session ran; `presentation` is shared by talks given twice, `presented_min` minutes spoken."""

    id: str
    start_at: datetime
    end_at: datetime
    kind: str = "lecture"
    track: str | None = None
    presentation: str | None = None
    presented_min: Fraction | None = None

    @property
    def span(self) -> Span:
        """Its seconds; a window that ends before it starts is one the engine ignores."""
        return seconds(self.start_at), seconds(self.end_at)


@dataclass(frozen=True)
class PresenceRow:
    """One join on one device; with `session` it counts for that session alone."""

    from_at: datetime
    to_at: datetime
    session: str | None = None

    @property
    def span(self) -> Span:
        """Its seconds; inverted and empty rows are ignored by the engine."""
        return seconds(self.from_at), seconds(self.to_at)


@dataclass(frozen=True)
class ExtraMinutes:
    """Time outside the sessions, such as filling in the evaluation."""

    kind: str
    minutes: Fraction


Flag = bool | Fraction
"""A gate fact: true or false, or a number."""


@dataclass(frozen=True)
class CreditInput:
    """All that the engine asks about one person and one activity. `zone` only cuts local days."""

    sessions: tuple[SessionWindow, ...] = ()
    intervals: tuple[PresenceRow, ...] = ()
    zone: Zone = field(default_factory=lambda: zone("UTC"))
    faculty_sessions: tuple[str, ...] = ()
    flags: Mapping[str, Flag] = field(default_factory=dict)
    extra_minutes: tuple[ExtraMinutes, ...] = ()
    items: Fraction = Fraction(1)
    stages: frozenset[str] = frozenset()
    designated_max: Fraction | None = None
    cycle_so_far: Fraction = Fraction(0)
    year_so_far: Fraction = Fraction(0)
    claimed: Fraction | None = None

    @property
    def first_day(self) -> date | None:
        """The local day on which the first session starts, in the activity's own zone; None without one."""
        starts = [each.start_at for each in self.sessions if each.start_at < each.end_at]
        return min(starts).astimezone(self.zone).date() if starts else None


@dataclass(frozen=True)
class Earned:
    """Credits a person has, with the bucket and the year they count for."""

    credits: Fraction
    bucket: str | None = None
    year: str | None = None


@dataclass(frozen=True)
class RequirementInput:
    """What a person has earned, and the facts a requirement asks for."""

    earned: tuple[Earned, ...] = ()
    flags: Mapping[str, Flag] = field(default_factory=dict)
