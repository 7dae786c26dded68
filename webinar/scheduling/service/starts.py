"""Starts: giving several drafts of a series their new starts at once, or none of them."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from webinar.accounts.models import Person
from webinar.sessions.models import Session
from webinar.sessions.rules.start import When
from webinar.sessions.service import timing
from webinar.sessions.service.change import SavedMeanwhile
from webinar.timekeeping.wall import local_of


def fingerprint(sessions: Sequence[Session]) -> str:
    """Changes whenever one of the sessions is saved; a preview carries it to its button."""
    text = " ".join(f"{session.id}@{session.changed_at.isoformat()}" for session in sessions)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def apply_starts(
    sessions: Sequence[Session], actor: Person, starts: Mapping[int, datetime], *, seen: str | None = None
) -> int:
    """Move each session to the instant (aware UTC) that `starts` names by its id; how many moved.

    Zone and length stay; speakers are asked again. Raises SavedMeanwhile where `seen` is not their
    fingerprint any more, and whatever moving raises.
    """
    if seen is not None and seen != fingerprint(sessions):
        raise SavedMeanwhile
    moved = [
        session for session in sessions if starts.get(session.id, session.starts_at) != session.starts_at
    ]
    for session in moved:
        start_at = starts[session.id]
        local = local_of(start_at, session.zone_name)
        timing.move(session, actor, When(local, session.zone_name, session.minutes, start_at))
    return len(moved)
