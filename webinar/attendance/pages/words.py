"""Words for what attendance stores: providers, reasons, evidence, lengths, times to the second."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webinar.attendance.models import MatchedBy, MatchState, ReportPerson
from webinar.attendance.queries.evidence import identity_of
from webinar.attendance.rules.matching import Book, Reason, verdict
from webinar.timekeeping.wall import local_of

PROVIDERS = {"zoom": "Zoom", "teams": "Microsoft Teams", "bigbluebutton": "BigBlueButton"}
REASONS = {
    Reason.NAME_ONLY: _l("Only a name, without an address or number: a name alone proves nothing."),
    Reason.UNKNOWN_EMAIL: _l("Nobody registered with this address."),
    Reason.UNKNOWN_ID: _l("Only a number that belongs to no registration."),
    Reason.NO_PLACE: _l("They gave their place back, or were on the waiting list."),
    Reason.CONFLICT: _l("Its address and its number belong to two different people."),
    Reason.UNDONE: _l("You took this row’s match back."),
    Reason.HOST: _l("Host of the meeting, not registered."),
    Reason.SPEAKER: _l("Speaks at this session, not registered."),
    Reason.NO_SHOW: _l("Registered with the provider, never came."),
    Reason.DECIDED: _l("Set aside by your team."),
}
EVIDENCE = {
    MatchedBy.TOKEN: _l("their own join link"),
    MatchedBy.REGISTRANT: _l("the provider’s registrant number"),
    MatchedBy.EMAIL: _l("the address they registered with"),
    MatchedBy.PERSON: _l("your team’s decision"),
}


@dataclass(frozen=True)
class SpanWords:
    """One stay: clock times to the second in the page's zone, `end` "" where unknown; exact length."""

    start_iso: str
    start: str
    end: str
    lasted: str


def provider_words(provider: str) -> str:
    """The provider's name."""
    return PROVIDERS.get(provider) or _("Table with mapped columns")


def reason_of(row: ReportPerson, book: Book) -> str:
    """Why a row is in review or set aside."""
    if row.decided_by_id is not None:
        return str(REASONS[Reason.UNDONE if row.state == MatchState.REVIEW else Reason.DECIDED])
    found = verdict(identity_of(row), book).reason
    return str(REASONS[found or Reason.DECIDED])


def stay_words(seconds: int) -> str:
    """An exact length: "50 min 55 s", "46 min", "40 s"."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(seconds)s s", seconds=rest)
    if not rest:
        return _("%(minutes)s min", minutes=minutes)
    return _("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest)


def spans(stored: Sequence[Sequence[str | None]], zone_name: str) -> tuple[SpanWords, ...]:
    """Stored intervals in the wall time of a zone."""
    return tuple(_span(start, end, zone_name) for start, end in stored if start)


def _span(start: str, end: str | None, zone_name: str) -> SpanWords:
    from_at = datetime.fromisoformat(start)
    to_at = datetime.fromisoformat(end) if end else None
    lasted = stay_words(int((to_at - from_at).total_seconds())) if to_at else _("unknown")
    return SpanWords(start, _clock(from_at, zone_name), _clock(to_at, zone_name) if to_at else "", lasted)


def _clock(at: datetime, zone_name: str) -> str:
    return f"{local_of(at, zone_name):%H:%M:%S}"
