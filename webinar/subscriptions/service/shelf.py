"""The shelf: who makes a feed's bytes, and keeping them; what nobody asks for any more is thrown away."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from webinar.db.store import insert_once, store
from webinar.subscriptions.models import FeedBody, FeedCopy, FeedFragment, FeedScope
from webinar.subscriptions.queries.events import Owner
from webinar.subscriptions.rules.variant import MOST_VARIANTS, Form, Variant
from webinar.subscriptions.rules.window import midnight

MAKING = timedelta(seconds=20)
"""How long others wait at most for a process that makes a feed and was killed meanwhile."""

UNREAD_DAYS = 30
AT_ONCE = 500
_PLAIN = tuple(Variant(form).text for form in Form)


def claim(owner: Owner, variant: Variant, now: datetime) -> bool:
    """Whether the caller shall make a feed: nobody else is at it. `now` is an aware UTC instant."""
    insert_once(FeedScope, {"kind": owner.kind, "owner_id": owner.id, "version": 0}, ["kind", "owner_id"])
    scope_id = store.scalar(
        select(FeedScope.id).where(FeedScope.kind == owner.kind, FeedScope.owner_id == owner.id)
    )
    values = {"scope_id": scope_id, "variant": variant.text, "version": -1, "day": "", "writer": "",
              "modified": 0, "making_until": now + MAKING}  # fmt: skip
    if insert_once(FeedCopy, values, ["scope_id", "variant"]):
        if not variant.is_plain:
            _make_room(scope_id or 0)
        return True
    free = or_(FeedCopy.making_until.is_(None), FeedCopy.making_until < now)
    taken = (
        update(FeedCopy)
        .where(FeedCopy.scope_id == scope_id, FeedCopy.variant == variant.text, free)
        .values(making_until=now + MAKING)
    )
    return bool(store.execute(taken).rowcount)  # type: ignore[attr-defined]


def give_up(owner: Owner, variant: Variant) -> None:
    """Let another process try to make a feed."""
    store.execute(_copy(owner, variant).values(making_until=None))


def keep(owner: Owner, variant: Variant, body: Mapping[str, Any], marks: Mapping[str, Any]) -> int:
    """Keep the bytes of a feed, made under `marks` (version, day, writer); the second of their last change.

    `body` holds the columns of FeedBody, without the bytes where they are kept already. Equal bytes keep
    their second, others get a later one.
    """
    again = update(FeedBody).where(FeedBody.hash == body["hash"]).values(made_at=body["made_at"])
    if not store.execute(again).rowcount:  # type: ignore[attr-defined]
        if "plain" not in body:  # thrown away since the caller looked: the next reader makes it again
            give_up(owner, variant)
            return int(body["made_at"].timestamp())
        insert_once(FeedBody, body, ["hash"])
    held = store.execute(
        select(FeedCopy.body_hash, FeedCopy.modified)
        .join(FeedScope, FeedScope.id == FeedCopy.scope_id)
        .where(FeedScope.kind == owner.kind, FeedScope.owner_id == owner.id, FeedCopy.variant == variant.text)
        .with_for_update(of=FeedCopy)
    ).first()
    before, modified = held if held else (None, 0)
    if before != body["hash"]:
        modified = max(int(body["made_at"].timestamp()), modified + 1)
    older = FeedCopy.version <= marks["version"]
    store.execute(
        _copy(owner, variant)
        .where(older)
        .values(body_hash=body["hash"], modified=modified, making_until=None, **marks)
    )
    return modified


def keep_fragments(found: Sequence[Mapping[str, Any]]) -> None:
    """Keep written events, each under its marks; a later writing replaces an earlier one."""
    on_server = store.get_bind().dialect.name == "postgresql"
    made = (postgresql.insert if on_server else sqlite.insert)(FeedFragment.__table__)  # type: ignore[arg-type]
    keys = ["session_id", "reader", "locale"]
    put = {c.name: made.excluded[c.name] for c in FeedFragment.__table__.columns if c.name not in keys}
    statement = made.on_conflict_do_update(index_elements=keys, set_=put)
    ordered = sorted(found, key=lambda each: (each["session_id"], each["reader"], each["locale"]))
    for begin in range(0, len(ordered), AT_ONCE):
        store.execute(statement, ordered[begin : begin + AT_ONCE])


def tidy(now: datetime) -> None:
    """Throw away copies that nobody read for a month, bytes that no copy names, events long past."""
    long_ago = (midnight(now) - timedelta(days=UNREAD_DAYS)).date().isoformat()
    idle = or_(FeedCopy.making_until.is_(None), FeedCopy.making_until < now)
    store.execute(delete(FeedCopy).where(FeedCopy.day < long_ago, idle))
    named = select(FeedCopy.id).where(FeedCopy.body_hash == FeedBody.hash).exists()
    store.execute(delete(FeedBody).where(FeedBody.made_at < now - timedelta(hours=1), ~named))
    store.execute(delete(FeedFragment).where(FeedFragment.ends_at < now - timedelta(days=120)))


def _copy(owner: Owner, variant: Variant) -> Any:
    scope = select(FeedScope.id).where(FeedScope.kind == owner.kind, FeedScope.owner_id == owner.id)
    return (
        update(FeedCopy)
        .where(FeedCopy.scope_id == scope.scalar_subquery(), FeedCopy.variant == variant.text)
        .execution_options(synchronize_session=False)
    )


def _make_room(scope_id: int) -> None:
    """Of a scope's variants with parameters keep the newest few, so that nobody fills the store."""
    extra = (
        select(FeedCopy.id)
        .where(FeedCopy.scope_id == scope_id, FeedCopy.variant.not_in(_PLAIN))
        .order_by(FeedCopy.id.desc())
        .offset(MOST_VARIANTS)
    )
    ids = store.scalars(extra).all()
    store.execute(delete(FeedCopy).where(FeedCopy.id.in_(ids)))
