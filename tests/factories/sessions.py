"""Sessions for tests: planned by Olga, next Wednesday 18:00 in Berlin unless said otherwise."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.factories.accounts import olga, pia
from webinar.db.store import store
from webinar.sessions.models import Session, Speaker
from webinar.sessions.rules.start import When
from webinar.sessions.service import draft as drafts
from webinar.sessions.service import publication, speakers
from webinar.sessions.service.draft import Draft
from webinar.sessions.service.speakers import Invitee
from webinar.societies.models import Society

WORDS = Draft(
    title="Flow diverters in ruptured aneurysms",
    abstract="Three **cases**, three continents.",
    objectives=("Name two indications",),
)
WHEN = When(datetime.fromisoformat("2026-10-14T18:00"), "Europe/Berlin", 60)
"""16:00 UTC."""


def draft(society: Society, **changes: Any) -> Session:
    """A draft; `changes` are fields of Draft or When."""
    when = {name: value for name, value in changes.items() if hasattr(WHEN, name)}
    words = {name: value for name, value in changes.items() if name not in when}
    made = drafts.draft(society, olga(), replace(WORDS, **words), replace(WHEN, **when))
    store.commit()
    return made


def session(society: Society, **changes: Any) -> Session:
    """A published session."""
    made = draft(society, **changes)
    publication.publish(made, olga())
    store.commit()
    return made


def speaker(session: Session, email: str | None = None, name: str = "", **changes: Any) -> Speaker:
    """Somebody asked to speak: Pia, unless another address is given."""
    person = pia()
    invitee = Invitee(email=email or person.email, name=name or (email or person.name), **changes)
    made = speakers.add_speaker(session, olga(), invitee)
    store.commit()
    return made
