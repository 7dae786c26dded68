"""Writing the audit log; nothing updates or deletes it (a database trigger sees to that)."""

from typing import Any

from webinar.audit.models import Entry
from webinar.db.store import store
from webinar.timekeeping import clock


def record(
    action: str,
    thing: str,
    thing_id: int,
    *,
    actor_id: int | None,
    society_id: int | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Append one line, in the caller's transaction. `detail` holds ids and values, never names."""
    store.add(
        Entry(
            at=clock.now(),
            actor_id=actor_id,
            society_id=society_id,
            action=action,
            thing=thing,
            thing_id=thing_id,
            detail=detail or {},
        )
    )
