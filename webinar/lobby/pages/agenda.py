"""My agenda: what comes next, what waits for an answer, what was and what it earned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from flask_babel import gettext as _

from webinar.calendars.models import FeedKey
from webinar.certificates.models import Certificate
from webinar.credits.models import Award
from webinar.lobby.pages import paths
from webinar.lobby.pages.session import stage_of
from webinar.lobby.pages.ticket import PLACES, Proof, proof
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.seats import join_path, ticket_path
from webinar.sessions.models import Session, Speaker, State
from webinar.sessions.pages import hour_title
from webinar.sessions.rules.stage import AFTERGLOW, doors_at
from webinar.timekeeping.wording import Showing
from webinar.web.moments import shown
from webinar.web.sizes import length

JOINABLE = {"doors", "live"}


@dataclass(frozen=True)
class Entry:
    """One seat. `join_url` is set while the doors are open, `opens_at` (aware UTC) on the day before."""

    title: str
    society: str
    url: str
    showing: Showing
    stage: str
    join_url: str
    opens_at: datetime | None
    proof: Proof


@dataclass(frozen=True)
class ToDo:
    """Something that waits for the person: what, until when (aware UTC), where."""

    words: str
    until: datetime | None
    url: str
    press: str


@dataclass(frozen=True)
class Feed:
    """A calendar of the person's own; `url` "" while there is none. `read_at` aware UTC."""

    url: str
    webcal_url: str
    google_url: str
    read_at: datetime | None


@dataclass(frozen=True)
class Agenda:
    """The page; `summary` tells the past in one line with its denominators."""

    coming: tuple[Entry, ...]
    to_do: tuple[ToDo, ...]
    past: tuple[Entry, ...]
    summary: str
    feed: Feed
    organiser_feed: Feed | None


@dataclass(frozen=True)
class Proofs:
    """Awards and certificates by seat."""

    awards: Mapping[int, Award]
    certificates: Mapping[int, Certificate]


def agenda_page(seats: Sequence[Seat], proofs: Proofs, now: datetime) -> tuple[tuple[Entry, ...], ...]:
    """The seats as entries: those to come in order, those held latest first."""
    ahead = [seat for seat in seats if seat.session.ends_at + AFTERGLOW > now]
    held = [seat for seat in seats if seat.session.ends_at + AFTERGLOW <= now and _counts(seat)]
    return (
        tuple(_entry(seat, proofs, now) for seat in sorted(ahead, key=lambda s: s.session.starts_at)),
        tuple(_entry(seat, proofs, now) for seat in held),
    )


def to_do(
    seats: Sequence[Seat], talks: Sequence[Speaker], sessions: Mapping[int, Session], now: datetime
) -> tuple[ToDo, ...]:
    """Offers to take and talks to prepare."""
    offers = [
        ToDo(
            _("A seat is free: %(title)s", title=seat.session.title),
            seat.offer_ends_at,
            ticket_path(seat),
            _("Take or decline it"),
        )
        for seat in seats
        if seat.state is SeatState.OFFERED and seat.offer_ends_at and seat.offer_ends_at > now
    ]
    asked = [
        ToDo(
            _("You speak: %(title)s", title=sessions[talk.session_id].title),
            sessions[talk.session_id].starts_at,
            paths.talk_path(talk),
            _("Open my checklist"),
        )
        for talk in talks
    ]
    return (*offers, *asked)


def summary(past: Sequence[Entry], awards: Mapping[int, Award]) -> str:
    """ "12 sessions · 14 h · 11 credits": sessions held that one had a seat at, time present, credits by unit."""
    parts = [_("%(count)s sessions", count=len(past)) if len(past) != 1 else _("1 session")]
    seconds = sum(award.seconds for award in awards.values())
    if seconds:
        parts.append(_("%(time)s present", time=length(timedelta(seconds=seconds))))
    units: dict[str, Fraction] = {}
    for award in awards.values():
        units[award.unit] = units.get(award.unit, Fraction()) + Fraction(award.credit)
    parts += [f"{_plain(total)} {unit}" for unit, total in sorted(units.items()) if total]
    return " · ".join(parts)


def feed(key: FeedKey | None) -> Feed:
    """A calendar address of the person's and when it was last read."""
    if key is None:
        return Feed("", "", "", None)
    calendar = paths.feed_calendar(key.nonce)
    return Feed(calendar.url, calendar.webcal, calendar.google, key.last_read_at)


def _counts(seat: Seat) -> bool:
    return seat.state is SeatState.CONFIRMED and seat.session.state == State.PUBLISHED


def _entry(seat: Seat, proofs: Proofs, now: datetime) -> Entry:
    session = seat.session
    stage = stage_of(session, PLACES[seat.state], now).value
    return Entry(
        title=hour_title(session),
        society=session.society.name,
        url=ticket_path(seat),
        showing=shown(session.starts_at, session.ends_at, session.zone_name),
        stage=stage,
        join_url=join_path(seat) if stage in JOINABLE else "",
        opens_at=doors_at(session.starts_at) if stage == "countdown" else None,
        proof=proof(proofs.awards.get(seat.id), proofs.certificates.get(seat.id)),
    )


def _plain(total: Fraction) -> str:
    return f"{float(total):.4f}".rstrip("0").rstrip(".")
