"""Closing: the organiser's word that attendance is complete, and corrections after it."""

from webinar.accounts.models import Person
from webinar.attendance.facts import AttendanceClosed
from webinar.attendance.models import Closing
from webinar.attendance.queries.people import closing_of
from webinar.attendance.service.presences import recompute
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.refusal import Refusal
from webinar.sessions.models import Session, State
from webinar.sessions.service.change import opened
from webinar.timekeeping import clock


class NotOver(Refusal):
    """Attendance cannot be closed before the session is over, nor where none was held."""


def close(session: Session, actor: Person) -> Closing:
    """Say that attendance is complete; credits follow. Harmless twice. Raises NotOver."""
    opened(session)
    if session.state != State.PUBLISHED:
        raise NotOver("This session was not held, so it has no attendance to close.")
    if clock.now() < session.ends_at:
        raise NotOver("The session is not over yet. Close attendance once it has ended.")
    recompute(session)
    closing = closing_of(session.id)
    if closing is None:
        closing = Closing(session_id=session.id, version=0, closed_by_id=actor.id)
        store.add(closing)
    elif closing.closed_at is not None:
        return closing
    _tell(session, closing, actor, "attendance.closed")
    return closing


def reopen(session: Session, actor: Person) -> None:
    """Take that word back, for corrections; what was awarded stands until it is closed again."""
    opened(session)
    closing = closing_of(session.id)
    if closing is None or closing.closed_at is None:
        return
    closing.closed_at = None
    store.flush()
    record(session, actor, "attendance.reopened", version=closing.version)


def settle(session: Session, actor: Person) -> None:
    """After any change of what reports tell: derive time present; where attendance is closed and a time
    changed, tell it again under a new version."""
    changed = recompute(session)
    closing = closing_of(session.id)
    if changed and closing is not None and closing.closed_at is not None:
        _tell(session, closing, actor, "attendance.corrected")


def record(session: Session, actor: Person, action: str, **detail: object) -> None:
    """A line of the audit log about a session's attendance; ids and numbers only."""
    audit.record(
        action,
        "session",
        session.id,
        actor_id=actor.id,
        society_id=session.society_id,
        detail=dict(detail),
    )


def _tell(session: Session, closing: Closing, actor: Person, action: str) -> None:
    closing.version += 1
    closing.closed_at, closing.closed_by_id = clock.now(), actor.id
    store.flush()
    record(session, actor, action, version=closing.version)
    outbox.tell(AttendanceClosed(session.id, closing.version))
