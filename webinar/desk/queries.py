"""What the desk reads across rooms; each function is one question, however many rows answer it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from webinar.attendance.models import Closing, MatchState, Presence, Report, ReportPerson
from webinar.calendars.models import Arrival, CalendarReply, Mailbox, SeatAnswer
from webinar.calendars.rules.reply import Standing
from webinar.certificates.models import Certificate, CertificateState
from webinar.db.store import store
from webinar.outbox.models import Letter, LetterState
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Session, Speaker, State

WEEK = timedelta(days=7)
CLOSE_WITHIN = timedelta(days=60)
LIVE_FROM_SECONDS = 300  # "live" means at least five minutes (product 4.6)


def this_week(society_id: int, now: datetime) -> Sequence[Session]:
    """Published sessions that run or start within seven days, with their speakers, the next first."""
    return store.scalars(
        select(Session)
        .where(
            Session.society_id == society_id,
            Session.state == State.PUBLISHED,
            Session.ends_at > now,
            Session.starts_at < now + WEEK,
        )
        .options(selectinload(Session.speakers))
        .order_by(Session.starts_at, Session.id)
    ).all()


def later(society_id: int, now: datetime, limit: int = 10) -> Sequence[Session]:
    """Published sessions beyond this week, the next first."""
    return store.scalars(
        select(Session)
        .where(
            Session.society_id == society_id,
            Session.state == State.PUBLISHED,
            Session.starts_at >= now + WEEK,
        )
        .order_by(Session.starts_at, Session.id)
        .limit(limit)
    ).all()


def last(society_id: int, now: datetime, limit: int = 5) -> Sequence[Session]:
    """Sessions held lately, the latest first."""
    return store.scalars(
        select(Session)
        .where(Session.society_id == society_id, Session.state == State.PUBLISHED, Session.ends_at <= now)
        .order_by(Session.starts_at.desc(), Session.id)
        .limit(limit)
    ).all()


def to_close(society_id: int, now: datetime) -> Sequence[Session]:
    """Sessions of the last 60 days whose attendance nobody has closed, the oldest first."""
    closed = select(Closing.session_id).where(Closing.closed_at.is_not(None))
    return store.scalars(
        select(Session)
        .where(
            Session.society_id == society_id,
            Session.state == State.PUBLISHED,
            Session.ends_at <= now,
            Session.ends_at > now - CLOSE_WITHIN,
            Session.id.not_in(closed),
        )
        .order_by(Session.starts_at, Session.id)
        .limit(20)
    ).all()


def answers_to_decide(society_id: int, now: datetime) -> Sequence[tuple[Session, int, int]]:
    """Coming sessions with answers from calendars to decide about: how many declined seats, how many held."""
    declined = (
        select(Seat.session_id, func.count().label("number"))
        .join(SeatAnswer, SeatAnswer.seat_id == Seat.id)
        .where(SeatAnswer.asks, Seat.state == SeatState.CONFIRMED)
        .group_by(Seat.session_id)
        .subquery()
    )
    held = (
        select(CalendarReply.session_id, func.count().label("number"))
        .where(CalendarReply.standing == Standing.HELD)
        .group_by(CalendarReply.session_id)
        .subquery()
    )
    rows = store.execute(
        select(Session, func.coalesce(declined.c.number, 0), func.coalesce(held.c.number, 0))
        .outerjoin(declined, declined.c.session_id == Session.id)
        .outerjoin(held, held.c.session_id == Session.id)
        .where(
            Session.society_id == society_id,
            Session.ends_at > now,
            or_(declined.c.number > 0, held.c.number > 0),
        )
        .order_by(Session.starts_at, Session.id)
        .limit(20)
    )
    return [(row[0], row[1], row[2]) for row in rows]


@dataclass(frozen=True)
class InboundNumbers:
    """Mails that came in by state; how often in a row, and since when, mailboxes could not be read."""

    arrivals: Mapping[str, int]
    failures: int
    failing_since_at: datetime | None


def inbound_numbers() -> InboundNumbers:
    """What came in, and how the mailboxes are."""
    by_state = store.execute(select(Arrival.state, func.count()).group_by(Arrival.state))
    failures, since = store.execute(
        select(func.coalesce(func.sum(Mailbox.failures), 0), func.min(Mailbox.failing_since_at))
    ).one()
    return InboundNumbers({state.value: n for state, n in by_state}, int(failures), since)


def rows_to_review(session_ids: Collection[int]) -> Mapping[int, int]:
    """Rows of attendance reports that wait for a person, by session."""
    rows = store.execute(
        select(Report.session_id, func.count())
        .join(ReportPerson, ReportPerson.report_id == Report.id)
        .where(Report.session_id.in_(session_ids), ReportPerson.state == MatchState.REVIEW)
        .group_by(Report.session_id)
    )
    return {row[0]: row[1] for row in rows}


def came(session_ids: Collection[int]) -> Mapping[int, int]:
    """How many people were present for at least five minutes, by session."""
    rows = store.execute(
        select(Presence.session_id, func.count())
        .where(Presence.session_id.in_(session_ids), Presence.seconds >= LIVE_FROM_SECONDS)
        .group_by(Presence.session_id)
    )
    return {row[0]: row[1] for row in rows}


def certified(session_ids: Collection[int]) -> Mapping[int, int]:
    """How many valid certificates there are, by session."""
    rows = store.execute(
        select(Seat.session_id, func.count())
        .join(Certificate, Certificate.seat_id == Seat.id)
        .where(Seat.session_id.in_(session_ids), Certificate.state == CertificateState.VALID)
        .group_by(Seat.session_id)
    )
    return {row[0]: row[1] for row in rows}


def has_sessions(society_id: int) -> bool:
    """Whether a society has planned anything yet."""
    return store.scalar(select(Session.id).where(Session.society_id == society_id).limit(1)) is not None


@dataclass(frozen=True)
class MailTally:
    """Letters of one kind in one state; `first_at` and `last_at` are aware UTC."""

    kind: str
    state: LetterState
    count: int
    first_at: datetime
    last_at: datetime


def mails_of(session: Session) -> Sequence[MailTally]:
    """All mails about a session, to registrants, speakers and organisers, by kind and state."""
    at = func.coalesce(Letter.done_at, Letter.due_at)
    rows = store.execute(
        select(Letter.kind, Letter.state, func.count(), func.min(at), func.max(at))
        .where(Letter.kind.startswith("mail."), _about(session))
        .group_by(Letter.kind, Letter.state)
    )
    return [
        MailTally(kind, state, count, first_at, last_at) for kind, state, count, first_at, last_at in rows
    ]


def stuck_mails_of(session: Session, limit: int = 100) -> Sequence[Letter]:
    """Letters about a session that were given up, the newest first."""
    return store.scalars(
        select(Letter)
        .where(Letter.state == LetterState.DEAD, _about(session))
        .order_by(Letter.id.desc())
        .limit(limit)
    ).all()


def _about(session: Session) -> ColumnElement[bool]:
    seats = select(Seat.id).where(Seat.session_id == session.id)
    speakers = select(Speaker.id).where(Speaker.session_id == session.id)
    return or_(
        Letter.payload["session_id"].as_integer() == session.id,
        Letter.payload["seat_id"].as_integer().in_(seats),
        Letter.payload["speaker_id"].as_integer().in_(speakers),
    )


def letter(letter_id: int) -> Letter | None:
    """The letter of an id."""
    return store.get(Letter, letter_id)


def seats(seat_ids: Collection[int]) -> Mapping[int, Seat]:
    """Seats with person and session, by id."""
    found = store.scalars(
        select(Seat).where(Seat.id.in_(seat_ids)).options(joinedload(Seat.person), joinedload(Seat.session))
    )
    return {seat.id: seat for seat in found}


def speakers(speaker_ids: Collection[int]) -> Mapping[int, Speaker]:
    """Speakers by id."""
    return {each.id: each for each in store.scalars(select(Speaker).where(Speaker.id.in_(speaker_ids)))}


def sessions(session_ids: Collection[int]) -> Mapping[int, Session]:
    """Sessions by id."""
    return {each.id: each for each in store.scalars(select(Session).where(Session.id.in_(session_ids)))}


def sessions_by_state() -> Mapping[str, int]:
    """How many sessions stand in each state, of all societies."""
    return {
        state.value: n
        for state, n in store.execute(select(Session.state, func.count()).group_by(Session.state))
    }


def seats_by_state() -> Mapping[str, int]:
    """How many seats stand in each state, of all societies."""
    return {
        state.value: n for state, n in store.execute(select(Seat.state, func.count()).group_by(Seat.state))
    }


def oldest_due_at(now: datetime) -> datetime | None:
    """Since when the longest waiting letter has been due."""
    waiting = and_(Letter.state == LetterState.PENDING, Letter.due_at <= now)
    return store.scalar(select(func.min(Letter.due_at)).where(waiting))
