"""Reading for feeds: first what tells whether anything changed, then the sessions themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from webinar.accounts.rules import TokenKind, fingerprint, is_kind
from webinar.accounts.service import token_of
from webinar.calendars.models import FeedKey
from webinar.calendars.rules.showing import MOST_EVENTS, Window
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Series, Session, State
from webinar.societies.models import Society

_SHOWN = (joinedload(Session.society), joinedload(Session.twin_of))


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
    return _trace(_public(_in_series(series_id), span))


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
    return _sessions(_public(_in_series(series_id), span))


def seats_of_person(person_id: int, span: Window) -> Sequence[Seat]:
    """The seats of a personal feed: confirmed, with session, society and person."""
    seats = (
        select(Seat)
        .join(Seat.session)
        .where(Seat.person_id == person_id, Seat.state == SeatState.CONFIRMED, _in_window(span))
        .options(joinedload(Seat.session).options(*_SHOWN), joinedload(Seat.person))
        .order_by(Session.starts_at.desc(), Seat.id)
        .limit(MOST_EVENTS)
    )
    return store.scalars(seats).all()


def public_session(slug: str) -> Session:
    """A published or cancelled session with society. Raises Missing."""
    found = select(Session).where(Session.slug == slug, Session.published_at.is_not(None))
    session = store.scalar(found.options(*_SHOWN))
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


def _in_series(series_id: int) -> ColumnElement[bool]:
    """The series' sessions with their second live hours, which belong to no series themselves."""
    leads = select(Session.id).where(Session.series_id == series_id)
    return or_(Session.series_id == series_id, Session.twin_of_id.in_(leads))


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
    found: Select[Session] = select(Session).where(wanted).options(*_SHOWN)
    return store.scalars(found.order_by(Session.starts_at.desc(), Session.id).limit(MOST_EVENTS)).all()
