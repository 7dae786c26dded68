"""What changed in a scope since a sync token, for readers that keep copies of their own."""

from collections.abc import Sequence

from sqlalchemy import select

from webinar.db.store import store
from webinar.sessions.models import Session
from webinar.subscriptions.models import FeedChange, FeedScope
from webinar.subscriptions.queries.events import Owner


def changed_since(owner: Owner, version: int) -> Sequence[tuple[int, str, int]]:
    """Sessions that changed in a scope after `version`, entered it or left it: id, UID, version of change.

    Whether one is still held is for the present rows to say; what is not, is gone (RFC 6578 3.5.2).
    """
    rows = store.execute(
        select(FeedChange.session_id, Session.uid, FeedChange.version)
        .join(FeedScope, FeedScope.id == FeedChange.scope_id)
        .join(Session, Session.id == FeedChange.session_id)
        .where(FeedScope.kind == owner.kind, FeedScope.owner_id == owner.id, FeedChange.version > version)
        .order_by(FeedChange.version, FeedChange.session_id)
    ).all()
    return [(row[0], row[1], row[2]) for row in rows]
