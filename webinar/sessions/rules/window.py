"""Window: the days in which a journal club discusses, around its live hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from webinar.refusal import Invalid
from webinar.sessions.rules.hours import LiveHour
from webinar.timekeeping import checks
from webinar.timekeeping.wall import instant_of

LEAST_ADVISED, MOST_ADVISED = timedelta(hours=48), timedelta(days=7)
"""Two to seven days: product.md 3.5, step 3."""
MOST_LENGTH = timedelta(days=60)


@dataclass(frozen=True)
class Window:
    """A discussion window as somebody asks for it: naive wall times in the session's own zone."""

    opens_local: datetime
    closes_local: datetime


@dataclass(frozen=True)
class Opening:
    """A window with the instants that it means; both aware UTC."""

    opens_local: datetime
    closes_local: datetime
    opens_at: datetime
    closes_at: datetime


class Discussion(StrEnum):
    """Where a discussion stands at one instant."""

    AHEAD = "ahead"
    OPEN = "open"
    CLOSED = "closed"


def opened(window: Window, zone_name: str) -> Opening:
    """The instants of a window under the zone data in use.

    An edge that clocks skip or double is read by RFC 5545 3.3.5: among days an hour's doubt is no question.
    Raises Invalid, with the field, for years without zone data.
    """
    fields = {"opens_local": window.opens_local, "closes_local": window.closes_local}
    instants = {}
    for name, local in fields.items():
        try:
            instants[name] = instant_of(local.replace(second=0, microsecond=0), zone_name)
        except checks.OutOfYears as absurd:
            raise Invalid(absurd.sentence, name) from absurd
    return Opening(**fields, opens_at=instants["opens_local"], closes_at=instants["closes_local"])


def window_fault(opening: Opening, hours: Sequence[LiveHour]) -> tuple[str, str] | None:
    """What is wrong with a window around these live hours: the field and a sentence; None where it fits."""
    if opening.closes_at <= opening.opens_at:
        return "closes_local", "The discussion closes after it opens. Please correct one of them."
    if opening.closes_at - opening.opens_at > MOST_LENGTH:
        return "closes_local", "A discussion is open for at most 60 days."
    if any(hour.starts_at < opening.opens_at for hour in hours):
        return "opens_local", "The discussion opens before the live hour begins. Please open it earlier."
    if any(hour.ends_at > opening.closes_at for hour in hours):
        return (
            "closes_local",
            "The discussion is open until the last live hour has ended. Please close it later.",
        )
    return None


def window_advice(opens_at: datetime, closes_at: datetime) -> str | None:
    """What to consider about a window's length, as a sentence; None from 48 hours to 7 days."""
    length = closes_at - opens_at
    if length < LEAST_ADVISED:
        return "The discussion is open for less than 48 hours: people in some time zones get one evening or none."
    if length > MOST_ADVISED:
        return "The discussion is open for more than 7 days: most posts come around the live hours."
    return None


def discussion(now: datetime, opens_at: datetime, closes_at: datetime) -> Discussion:
    """Where a discussion stands at `now`; it is open from `opens_at` on and closed from `closes_at` on."""
    if now < opens_at:
        return Discussion.AHEAD
    return Discussion.OPEN if now < closes_at else Discussion.CLOSED
