"""Secret calendar addresses: made at the first registration, renewed by the person, noted when read."""

from datetime import datetime

from sqlalchemy import select, update

from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind
from webinar.calendars.models import FeedKey, FeedKind
from webinar.calendars.queries import feeds as queries
from webinar.calendars.rules.showing import READ_AGAIN
from webinar.db.store import store
from webinar.timekeeping import clock


def give_feed(person_id: int, kind: FeedKind = FeedKind.PERSONAL) -> FeedKey:
    """Somebody's feed key of a kind, made now if they have none."""
    return queries.live_key(person_id, kind) or _fresh(person_id, kind)


def renew(person: Person, kind: FeedKind = FeedKind.PERSONAL) -> FeedKey:
    """Give somebody a fresh calendar address of a kind; every older one of it stops working at once."""
    store.scalar(select(Person.id).where(Person.id == person.id).with_for_update())
    store.execute(
        update(FeedKey)
        .where(FeedKey.person_id == person.id, FeedKey.kind == kind, FeedKey.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
    return _fresh(person.id, kind)


def note_reading(key_id: int, now: datetime) -> None:
    """Remember that a feed was read at `now` (aware UTC); a second reading within minutes changes nothing."""
    stale = (FeedKey.last_read_at.is_(None)) | (FeedKey.last_read_at <= now - READ_AGAIN)
    store.execute(update(FeedKey).where(FeedKey.id == key_id, stale).values(last_read_at=now))


def _fresh(person_id: int, kind: FeedKind) -> FeedKey:
    nonce, token_hash = accounts.minted(TokenKind.FEED)
    key = FeedKey(person_id=person_id, kind=kind, nonce=nonce, token_hash=token_hash, created_at=clock.now())
    store.add(key)
    store.flush()
    return key
