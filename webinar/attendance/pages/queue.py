"""The queue: rows that wait for a decision, with who they may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from flask_babel import gettext as _

from webinar.attendance.models import MatchState, ReportPerson, Visit
from webinar.attendance.pages.words import EVIDENCE, SpanWords, reason_of, spans, stay_words
from webinar.attendance.queries import evidence
from webinar.attendance.queries.slices import Slice
from webinar.attendance.rules.matching import Book
from webinar.attendance.rules.suggesting import Directory, Holder, Sighted, Suggestion
from webinar.attendance.service.presences import told_of
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Session
from webinar.sessions.pages import Head, head
from webinar.web.fields.country import country_name
from webinar.web.moments import instant_clock

ALIAS_SCORE = 0.95


@dataclass(frozen=True)
class SuggestionWords:
    """Who a row may be: what speaks for them, and the score as "0.93"."""

    seat_id: int
    name: str
    why: str
    score: str


@dataclass(frozen=True)
class QueueRow:
    """One row in review."""

    row_id: int
    name: str
    email: str
    time: str
    first_span: SpanWords | None
    more_spans: int
    reason: str
    suggestions: tuple[SuggestionWords, ...]


@dataclass(frozen=True)
class DecidedRow:
    """One row matched by hand, or set aside; can be undone."""

    row_id: int
    name: str
    email: str
    outcome: str


def queue_rows(session: Session, rows: Slice[ReportPerson], book: Book) -> tuple[QueueRow, ...]:
    """The page of the queue; nothing more is asked of the database where it is empty."""
    if not rows.items:
        return ()
    seats = evidence.seats_to_match(session.id)
    found = _Guests({seat.id: (seat, visit) for seat, visit in seats}, evidence.aliases(session.id))
    return tuple(_queue_row(row, session, book, found) for row in rows.items)


def decided_rows(rows: list[ReportPerson], book: Book) -> tuple[DecidedRow, ...]:
    """Decisions as the page lists them."""
    return tuple(DecidedRow(row.id, row.name or "", row.email or "", _outcome(row, book)) for row in rows)


@dataclass(frozen=True)
class NewPage:
    """The page that seats the person of one row: what the row says, by `name` and `time`."""

    head: Head
    row_id: int
    name: str
    time: str


def new_page(session: Session, row: ReportPerson, now: datetime) -> NewPage:
    """The page for one row."""
    return NewPage(head(session, "attendance", now), row.id, row.name or _("(no name)"), _time(row))


class _Guests:
    """The seats of a session, ready to be suggested."""

    def __init__(self, seats: Mapping[int, tuple[Seat, Visit | None]], aliases: Mapping[str, int]) -> None:
        self.seats, self.aliases = seats, aliases
        self.directory = Directory(_holder(seat, visit) for seat, visit in seats.values())

    def suggestions(self, row: ReportPerson) -> tuple[SuggestionWords, ...]:
        alias = self.aliases.get(row.email or "")
        found = [each for each in self.directory.suggestions(_sighted(row)) if each.seat_id != alias]
        words = [self._words(each) for each in found]
        if alias is not None and alias in self.seats:
            why = _("you matched this address to them before")
            words.insert(0, SuggestionWords(alias, self.seats[alias][0].name, why, f"{ALIAS_SCORE:.2f}"))
        return tuple(words[:3])

    def _words(self, found: Suggestion) -> SuggestionWords:
        seat, visit = self.seats[found.seat_id]
        why = [country_name(seat.country)] if seat.country else []
        if found.clicked_near and visit:
            why.append(_("pressed own link at %(time)s", time=_clock(visit.first_at, seat.session.zone_name)))
        elif not visit:
            why.append(_("registered, no click"))
        if seat.state != SeatState.CONFIRMED:
            why.append(_("has no place"))
        return SuggestionWords(found.seat_id, seat.name, ", ".join(why), f"{found.score:.2f}")


def _queue_row(row: ReportPerson, session: Session, book: Book, guests: _Guests) -> QueueRow:
    stays = spans(row.intervals, session.zone_name)
    return QueueRow(
        row_id=row.id,
        name=row.name or _("(no name)"),
        email=row.email or "",
        time=_time(row),
        first_span=stays[0] if stays else None,
        more_spans=max(len(stays) - 1, 0),
        reason=reason_of(row, book),
        suggestions=guests.suggestions(row),
    )


def _time(row: ReportPerson) -> str:
    return _("no time known") if row.seconds is None else stay_words(row.seconds)


def _outcome(row: ReportPerson, book: Book) -> str:
    if row.state == MatchState.MATCHED and row.seat and row.matched_by:
        return _("%(name)s, by %(evidence)s", name=row.seat.name, evidence=EVIDENCE[row.matched_by])
    return reason_of(row, book)


def _holder(seat: Seat, visit: Visit | None) -> Holder:
    words = (seat.country, _english(seat.country)) if seat.country else ()
    return Holder(seat.id, seat.name, words, visit.first_at if visit else None)


def _english(country: str) -> str:
    # Display names of meetings are mostly written in English, whatever the page's language.
    return str(Locale("en").territories.get(country, country))


def _sighted(row: ReportPerson) -> Sighted:
    intervals = told_of(row.intervals, row.seconds).intervals
    return Sighted(row.name, min((each.start for each in intervals), default=None))


def _clock(at: datetime, zone_name: str) -> str:
    return instant_clock(at, zone_name)
