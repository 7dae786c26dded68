"""Taking a feed from the shelf, or making it: one process does, others wait or take what was good before."""

import gzip
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from webinar.config import settings
from webinar.db.store import store, transaction
from webinar.subscriptions.pages.writer import writer
from webinar.subscriptions.queries import copies
from webinar.subscriptions.queries.copies import Copy
from webinar.subscriptions.queries.events import Owner
from webinar.subscriptions.rules.sealed import opened, sealed
from webinar.subscriptions.rules.variant import Variant
from webinar.subscriptions.rules.window import Window, window
from webinar.subscriptions.service import shelf

log = structlog.get_logger()
LEVEL = 6
WAITS, PAUSE = 60, 0.05
FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, SQLAlchemyError)
"""What can go wrong in making a feed; what was good before is served then."""


@dataclass(frozen=True)
class Composed:
    """The plain bytes of a feed, and the columns of fragments that were written for them."""

    body: bytes
    fragments: list[dict[str, Any]] = field(default_factory=list)


Compose = Callable[[Window], Composed]


@dataclass(frozen=True)
class Taken:
    """A feed as the shelf has it; with its bytes where it was made a moment ago."""

    hash: str
    modified: int
    plain: bytes | None = None
    zipped: bytes | None = None

    def bytes(self, *, zipped: bool) -> bytes:
        """The bytes in one coding. Raises LookupError where they were thrown away meanwhile."""
        if self.plain is not None:
            return (self.zipped or _packed(self.plain)) if zipped else self.plain
        kept = copies.body_of(self.hash)
        found = (kept.zipped if zipped else kept.plain) if kept else None
        whole = opened(found, settings().secret_key) if kept and kept.sealed and found else found
        if whole is None:
            raise LookupError("the bytes of a feed are gone")
        return whole


def take(owner: Owner, variant: Variant, now: datetime, compose: Compose) -> Taken:
    """The present feed of an owner. `now` is an aware UTC instant."""
    span = window(now, whole=variant.whole)
    held = copies.copy_of(owner, variant.text, day=span.day, writer=writer())
    if held is not None and held.is_current:
        return Taken(held.hash, held.modified)
    return _made(owner, variant, span, compose, now)


def _made(owner: Owner, variant: Variant, span: Window, compose: Compose, now: datetime) -> Taken:
    try:
        with transaction():
            mine = shelf.claim(owner, variant, now)
    except OperationalError as error:
        log.warning("feed not claimed", scope=owner.kind.value, owner=owner.id, error=type(error).__name__)
        return _unkept(owner, variant, span, compose, now)
    held = copies.copy_of(owner, variant.text, day=span.day, writer=writer())
    for _turn in range(0 if mine else WAITS):
        if held is not None and held.is_current:
            break
        store.rollback()  # or we would look at the same snapshot again
        time.sleep(PAUSE)
        held = copies.copy_of(owner, variant.text, day=span.day, writer=writer())
    if held is not None and not mine:
        return Taken(held.hash, held.modified)
    return _composed(owner, variant, span, compose, held, now)


def _unkept(owner: Owner, variant: Variant, span: Window, compose: Compose, now: datetime) -> Taken:
    """While the database takes no writes: the last good bytes, else some made for this reader alone."""
    held = copies.copy_of(owner, variant.text, day=span.day, writer=writer())
    if held is not None:
        return Taken(held.hash, held.modified)
    body = compose(span).body
    return Taken(_tag(body), int(now.timestamp()), body)


def _composed(
    owner: Owner, variant: Variant, span: Window, compose: Compose, held: Copy | None, now: datetime
) -> Taken:
    """Make the feed under the version read first: an edit meanwhile raises it, and it is made again."""
    version = copies.version_of(owner)
    try:
        composed = compose(span)
    except FAILURES as error:
        log.error("feed not made", scope=owner.kind.value, owner=owner.id, error=repr(error))
        with transaction():
            shelf.give_up(owner, variant)
        if held is None:
            raise
        return Taken(held.hash, held.modified)
    return _kept(owner, variant, composed, {"version": version, "day": span.day, "writer": writer()}, now)


def _kept(owner: Owner, variant: Variant, composed: Composed, marks: dict[str, Any], now: datetime) -> Taken:
    tag = _tag(composed.body)
    # Bytes that are kept already are not packed once more.
    zipped = None if copies.is_kept(tag) else _packed(composed.body)
    body = {"hash": tag, "made_at": now} | (_columns(owner, composed.body, zipped) if zipped else {})
    try:
        with transaction():
            shelf.keep_fragments(composed.fragments)
            modified = shelf.keep(owner, variant, body, marks)
    except OperationalError as error:
        # The reader has its bytes all the same; somebody else will keep them.
        log.warning("feed not kept", scope=owner.kind.value, owner=owner.id, error=type(error).__name__)
        modified = int(now.timestamp())
    return Taken(tag, modified, composed.body, zipped)


def _tag(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]


def _columns(owner: Owner, plain: bytes, zipped: bytes) -> dict[str, Any]:
    if not owner.is_secret:
        return {"sealed": False, "plain": plain, "zipped": zipped}
    key = settings().secret_key
    return {"sealed": True, "plain": sealed(plain, key), "zipped": sealed(zipped, key)}


def _packed(plain: bytes) -> bytes:
    return gzip.compress(plain, LEVEL, mtime=0)
