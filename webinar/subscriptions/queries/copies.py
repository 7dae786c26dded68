"""What is kept of a feed: the version of its scope, its copy, and the bytes."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select

from webinar.db.store import store
from webinar.subscriptions.models import FeedBody, FeedCopy, FeedScope
from webinar.subscriptions.queries.events import Owner


@dataclass(frozen=True)
class Copy:
    """A feed's bytes as they are kept: `is_current` if nothing has changed since they were made."""

    hash: str
    modified: int
    is_current: bool


_COPY = (
    select(
        FeedCopy.body_hash,
        FeedCopy.modified,
        FeedCopy.version == FeedScope.version,
        FeedCopy.day,
        FeedCopy.writer,
    )
    .join(FeedScope, and_(FeedScope.id == FeedCopy.scope_id, FeedCopy.variant == bindparam("variant")))
    .where(FeedScope.kind == bindparam("kind"), FeedScope.owner_id == bindparam("owner"))
)


def copy_of(owner: Owner, variant: str, *, day: str, writer: str) -> Copy | None:
    """What is kept of a feed in one variant; None before it was ever made."""
    values = {"variant": variant, "kind": owner.kind, "owner": owner.id}
    row = store.connection().execute(_COPY, values).first()
    if row is None:
        return None
    found, modified, same_version, made_on, written_by = row
    if found is None:
        return None
    return Copy(found, modified, bool(same_version) and (made_on, written_by) == (day, writer))


def scope_of(owner: Owner) -> FeedScope | None:
    """The scope of an owner, read afresh; None before its first reader and its first edit."""
    wanted = select(FeedScope).where(FeedScope.kind == owner.kind, FeedScope.owner_id == owner.id)
    return store.scalar(wanted.execution_options(populate_existing=True))


def version_of(owner: Owner) -> int:
    """The present version of a scope, usable as a sync token; 0 before its first edit."""
    wanted = select(FeedScope.version).where(FeedScope.kind == owner.kind, FeedScope.owner_id == owner.id)
    return store.scalar(wanted) or 0


def body_of(tag: str) -> FeedBody | None:
    """Kept bytes by their hash."""
    return store.get(FeedBody, tag)


def is_kept(tag: str) -> bool:
    """Whether bytes of this hash are kept."""
    return store.scalar(select(FeedBody.hash).where(FeedBody.hash == tag)) is not None
