"""Putting on record that people's data left the house."""

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.sessions.models import Session


def note_export(session: Session, actor: Person, ending: str) -> None:
    """Who took which session's attendance, in which format."""
    audit.record(
        "attendance.exported",
        "session",
        session.id,
        actor_id=actor.id,
        society_id=session.society_id,
        detail={"format": ending},
    )
