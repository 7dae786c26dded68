"""Sessions for tests: planned by Olga, next Wednesday 18:00 in Berlin unless said otherwise."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.factories.accounts import olga, pia
from webinar.db.store import store
from webinar.sessions.models import Session, Speaker
from webinar.sessions.rules.start import When
from webinar.sessions.service import draft as drafts
from webinar.sessions.service import hours, publication, speakers
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


NIGHT = When(datetime.fromisoformat("2026-10-14T22:30"), "Europe/Berlin", 60)
"""20:30 UTC, 02:15 on Thursday in Kathmandu."""
NOON = When(datetime.fromisoformat("2026-10-15T13:00"), "Europe/Berlin", 60)
"""11:00 UTC, 16:45 on Thursday in Kathmandu, 07:00 in New York."""


def two_hours(
    society: Society, *, second_capacity: int | None = None, **changes: Any
) -> tuple[Session, Session]:
    """A published session with two live hours: at night for Kathmandu, and in its afternoon."""
    first = draft(society, **{**vars(NIGHT), **changes})
    second = hours.add_hour(first, olga(), NOON, capacity=second_capacity)
    publication.publish(first, olga())
    store.commit()
    return first, second
