"""Reading the audit log of one society."""

from collections.abc import Sequence

from sqlalchemy import select

from webinar.audit.models import Entry
from webinar.db.store import store


def latest(society_id: int, limit: int = 100) -> Sequence[Entry]:
    """The newest entries of a society, newest first."""
    return store.scalars(
        select(Entry).where(Entry.society_id == society_id).order_by(Entry.id.desc()).limit(limit)
    ).all()
