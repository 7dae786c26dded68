"""Reading for calendars: feed keys, and the one session or series that an address names."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webinar.accounts.rules import TokenKind, fingerprint, is_kind
from webinar.accounts.service import token_of
from webinar.calendars.models import FeedKey, FeedKind
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.sessions.models import Series, Session
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


def live_key(person_id: int, kind: FeedKind = FeedKind.PERSONAL) -> FeedKey | None:
    """Somebody's present feed key of a kind; None before their first registration."""
    keys = select(FeedKey).where(
        FeedKey.person_id == person_id, FeedKey.kind == kind, FeedKey.revoked_at.is_(None)
    )
    return store.scalar(keys.order_by(FeedKey.id.desc()).limit(1))


def feed_path(person_id: int) -> str | None:
    """The path of somebody's personal feed, a secret of theirs; None before their first registration."""
    key = live_key(person_id)
    return path_of(key) if key else None


def path_of(key: FeedKey) -> str:
    """The path that a feed key opens."""
    return f"/calendars/{token_of(TokenKind.FEED, key.nonce)}.ics"


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
