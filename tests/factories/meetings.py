"""Rooms for tests."""

from tests.factories.accounts import olga
from webinar.db.store import store
from webinar.meetings import service
from webinar.meetings.models import Room
from webinar.meetings.port import Link
from webinar.sessions.models import Session


def room(session: Session, url: str = "https://zoom.example/j/81234567890?pwd=abc", **changes: str) -> Room:
    """The room of a session, set by Olga."""
    made = service.set_link(session, olga(), Link(url=url, **changes))
    store.commit()
    return made
