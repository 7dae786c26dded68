"""Reading for feeds: first what tells whether anything changed, then the sessions; and for answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, fingerprint, is_kind
from webinar.accounts.service import token_of
from webinar.calendars.models import (
    Arrival,
    ArrivalState,
    CalendarReply,
    DeclinePolicy,
    FeedKey,
    SeatAnswer,
)
from webinar.calendars.rules import MOST_EVENTS, Window, sequence
from webinar.calendars.rules.reply import Asked, DeclineRule, Says, Standing
from webinar.config import settings
from webinar.db.store import store
from webinar.outbox import queries as outbox
from webinar.refusal import Missing
from webinar.registration.models import Seat, SeatState
from webinar.sessions.facts import SessionMoved
from webinar.sessions.models import Series, Session, State
from webinar.societies.models import Society

_SHOWN = joinedload(Session.society)


def key_by_token(token: str) -> FeedKey:
    """The feed key that a token opens, revoked ones too, with its person. Raises Missing."""
    key = None
    if is_kind(token, TokenKind.FEED):
        found = select(FeedKey).where(FeedKey.token_hash == fingerprint(token))
        key = store.scalar(found.options(joinedload(FeedKey.person)))
    if key is None:
        raise Missing("There is no calendar at this address.")
    return key


def live_key(person_id: int) -> FeedKey | None:
    """Somebody's present feed key; None before their first registration."""
    keys = select(FeedKey).where(FeedKey.person_id == person_id, FeedKey.revoked_at.is_(None))
    return store.scalar(keys.order_by(FeedKey.id.desc()).limit(1))


def feed_path(person_id: int) -> str | None:
    """The path of somebody's personal feed, a secret of theirs; None before their first registration."""
    key = live_key(person_id)
    return path_of(key) if key else None


def path_of(key: FeedKey) -> str:
    """The path that a feed key opens."""
    return f"/calendars/{token_of(TokenKind.FEED, key.nonce)}.ics"


@dataclass(frozen=True)
class Trace:
    """What the bytes of a feed depend on: a fingerprint of its rows, and when they changed."""

    marks: tuple[tuple[Any, ...], ...]
    changes: tuple[datetime, ...]


def trace_of_society(society_id: int, span: Window) -> Trace:
    """The trace of a society's feed."""
    return _trace(_public(Session.society_id == society_id, span))


def trace_of_series(series_id: int, span: Window) -> Trace:
    """The trace of a series' feed."""
    return _trace(_public(Session.series_id == series_id, span))


def trace_of_person(person_id: int, span: Window) -> Trace:
    """The trace of a personal feed; a seat given back counts as a change."""
    rows = store.execute(
        select(Session.id, Session.revision, Session.changed_at, Seat.version, Seat.changed_at)
        .join(Seat, Seat.session_id == Session.id)
        .where(Seat.person_id == person_id, _in_window(span))
        .order_by(Session.id)
    ).all()
    return Trace(tuple(map(tuple, rows)), tuple(at for row in rows for at in (row[2], row[4])))


def of_society(society_id: int, span: Window) -> Sequence[Session]:
    """The sessions of a society's feed, with society; the latest if there are too many."""
    return _sessions(_public(Session.society_id == society_id, span))


def of_series(series_id: int, span: Window) -> Sequence[Session]:
    """The sessions of a series' feed, with society."""
    return _sessions(_public(Session.series_id == series_id, span))


def seats_of_person(person_id: int, span: Window) -> Sequence[Seat]:
    """The seats of a personal feed: confirmed, with session, society and person."""
    seats = (
        select(Seat)
        .join(Seat.session)
        .where(Seat.person_id == person_id, Seat.state == SeatState.CONFIRMED, _in_window(span))
        .options(joinedload(Seat.session).joinedload(Session.society), joinedload(Seat.person))
        .order_by(Session.starts_at.desc(), Seat.id)
        .limit(MOST_EVENTS)
    )
    return store.scalars(seats).all()


def public_session(slug: str) -> Session:
    """A published or cancelled session with society. Raises Missing."""
    found = select(Session).where(Session.slug == slug, Session.published_at.is_not(None))
    session = store.scalar(found.options(_SHOWN))
    if session is None:
        raise Missing
    return session


def series_of(society_slug: str, series_slug: str) -> Series:
    """A series with its society. Raises Missing."""
    found = (
        select(Series).join(Series.society).where(Society.slug == society_slug, Series.slug == series_slug)
    )
    series = store.scalar(found.options(joinedload(Series.society)))
    if series is None:
        raise Missing
    return series


def _in_window(span: Window) -> ColumnElement[bool]:
    return and_(
        Session.starts_at >= span.first_at,
        Session.starts_at < span.last_at,
        Session.published_at.is_not(None),
        or_(Session.state == State.PUBLISHED, Session.cancelled_at >= span.cancelled_at),
    )


def _public(owner: ColumnElement[bool], span: Window) -> ColumnElement[bool]:
    return and_(owner, _in_window(span))


def _trace(wanted: ColumnElement[bool]) -> Trace:
    rows: Sequence[Row[int, int, datetime]] = store.execute(
        select(Session.id, Session.revision, Session.changed_at).where(wanted).order_by(Session.id)
    ).all()
    return Trace(tuple(map(tuple, rows)), tuple(row[2] for row in rows))


def _sessions(wanted: ColumnElement[bool]) -> Sequence[Session]:
    found: Select[Session] = select(Session).where(wanted).options(_SHOWN)
    return store.scalars(found.order_by(Session.starts_at.desc(), Session.id).limit(MOST_EVENTS)).all()


def reply_mark(seat: Seat) -> str:
    """The secret of a seat that may stand behind a plus in the ORGANIZER address: 128 bits, in lower case."""
    return fingerprint(token_of(TokenKind.REPLY, seat.nonce))[:32]


def session_of_uid(uid: str) -> Session | None:
    """The session that calendars hold under a UID, with its society."""
    local, _at, domain = uid.rpartition("@")
    names = {uid, *([local] if domain.lower() == settings().mail_domain.lower() else [])}
    return store.scalar(select(Session).where(Session.uid.in_(names)).options(_SHOWN).limit(1))


def seat_of_addresses(session_id: int, addresses: Collection[str]) -> Seat | None:
    """The seat of the one person with one of these addresses, read afresh, with session and person."""
    found = (
        select(Seat)
        .join(Seat.person)
        .where(Seat.session_id == session_id, Person.email.in_(addresses))
        .options(joinedload(Seat.session).joinedload(Session.society), joinedload(Seat.person))
    )
    seats = store.scalars(found.limit(2), execution_options={"populate_existing": True}).all()
    return seats[0] if len(seats) == 1 else None


def last_move(session_id: int) -> int:
    """The revision with which a session got its present time; 0 where it was never moved."""
    prefix = SessionMoved(session_id, 0).key.removesuffix("0")
    return max((int(letter.payload["revision"]) for letter in outbox.with_prefix(prefix)), default=0)


def asked_of(seat: Seat) -> Asked:
    """What a seat's present invitation asks about."""
    session = seat.session
    present = sequence(session.revision, seat.version)
    return Asked(present, last_move(session.id) + seat.version, session.starts_at, seat.changed_at)


def held_answer(seat: Seat) -> str:
    """The PARTSTAT to write into an invitation to a seat's holder: what they said about its present time."""
    answer = answer_of(seat.id)
    if answer is None or answer.reply.sequence < asked_of(seat).since:
        return Says.NEEDS_ACTION.value
    return answer.reply.says


def answer_of(seat_id: int) -> SeatAnswer | None:
    """The answer that stands for a seat, with its reply."""
    found = select(SeatAnswer).where(SeatAnswer.seat_id == seat_id).options(joinedload(SeatAnswer.reply))
    return store.scalar(found)


def answers_of(session_id: int) -> Mapping[int, SeatAnswer]:
    """The standing answers at one session, with their replies, by seat."""
    found = select(SeatAnswer).join(SeatAnswer.seat).where(Seat.session_id == session_id)
    answers = store.scalars(found.options(joinedload(SeatAnswer.reply), contains_eager(SeatAnswer.seat)))
    return {answer.seat_id: answer for answer in answers}


def held_replies(session_id: int, limit: int = 100) -> Sequence[CalendarReply]:
    """Answers to one session that wait for a person, oldest first, with their seats."""
    held = select(CalendarReply).where(
        CalendarReply.session_id == session_id, CalendarReply.standing == Standing.HELD
    )
    return store.scalars(
        held.options(joinedload(CalendarReply.seat)).order_by(CalendarReply.id).limit(limit)
    ).all()


def reply_of(session_id: int, reply_id: int) -> CalendarReply:
    """One answer to a session. Raises Missing."""
    reply = store.get(CalendarReply, reply_id)
    if reply is None or reply.session_id != session_id:
        raise Missing
    return reply


def decline_rule(society_id: int) -> DeclineRule:
    """What a society wants when somebody declines; ASK where it never chose."""
    policy = store.get(DeclinePolicy, society_id)
    return policy.rule if policy else DeclineRule.ASK


def troubled_arrivals(limit: int = 200) -> Sequence[tuple[Arrival, CalendarReply | None]]:
    """Mails that no organiser can see: unreadable ones, and answers to sessions that we do not know."""
    unreadable = Arrival.state.in_((ArrivalState.UNREADABLE, ArrivalState.TOO_LARGE))
    lost = and_(CalendarReply.standing == Standing.HELD, CalendarReply.session_id.is_(None))
    rows = store.execute(
        select(Arrival, CalendarReply)
        .outerjoin(CalendarReply, and_(CalendarReply.arrival_id == Arrival.id, lost))
        .where(or_(unreadable, CalendarReply.id.is_not(None)), Arrival.state != ArrivalState.SET_ASIDE)
        .order_by(Arrival.id.desc())
        .limit(limit)
    ).all()
    return [(row[0], row[1]) for row in rows]
