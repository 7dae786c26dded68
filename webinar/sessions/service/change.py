"""Change: how every write to a session begins and ends; no save silently overwrites another."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.refusal import Refusal
from webinar.sessions import queries
from webinar.sessions.facts import SessionSaved
from webinar.sessions.models import Series, Session, State
from webinar.timekeeping import clock


class SavedMeanwhile(Refusal):
    """Somebody else saved the session since this form was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody saved this session while you had it open, and nothing of yours was lost: it is still "
            "below. Look at what was saved meanwhile, then save again to replace it."
        )


class OutOfPlay(Refusal):
    """The session is cancelled or over, so this cannot be done to it any more."""


def opened(session: Session, seen_at: datetime | None = None) -> Session:
    """Lock a session for writing. `seen_at` is the `changed_at` its form was opened with.

    Raises SavedMeanwhile where it has changed since; None skips that question.
    """
    store.refresh(session, with_for_update=True)
    if seen_at is not None and seen_at != session.changed_at:
        raise SavedMeanwhile
    return session


def opened_hours(session: Session, seen_at: datetime | None = None) -> tuple[Session, ...]:
    """Lock all live hours of a session for writing, the first one first. Raises SavedMeanwhile."""
    lead = opened(session.lead, seen_at)
    return (lead, *(opened(hour) for hour in queries.hours_of(lead)[1:]))


def some_in_play(hours: Sequence[Session]) -> None:
    """Raises OutOfPlay once a session was cancelled, or its last live hour was held."""
    in_play(hours[-1] if hours[0].state != State.CANCELLED else hours[0])


def in_play(session: Session) -> None:
    """Raises OutOfPlay once a session was cancelled, or was held."""
    if session.state == State.CANCELLED:
        raise OutOfPlay("This session is cancelled. Plan a new one instead.")
    if session.state == State.PUBLISHED and session.ends_at <= clock.now():
        raise OutOfPlay("This session has taken place, so this cannot be changed any more.")


def heard(session: Session) -> None:
    """Calendars must hear of it: the revision of the session rises, and that of its series."""
    session.revision += 1
    series = session.lead.series
    if series is not None:
        # In the database, since two sessions of one series may be saved at once.
        series.revision = Series.revision + 1


def saved(session: Session, actor: Person | None, action: str, **detail: Any) -> None:
    """Close a write: `changed_at` rises strictly, the audit log has its line, the store is flushed."""
    session.changed_at = max(clock.now(), session.changed_at + timedelta(microseconds=1))
    audit.record(
        action,
        "session",
        session.id,
        actor_id=actor.id if actor else None,
        society_id=session.society_id,
        detail=detail,
    )
    store.flush()
    outbox.note(SessionSaved(session.id))


def version_of(session: Session) -> int:
    """A number that rises with every save, for keys of letters: `changed_at` in microseconds."""
    return int(session.changed_at.timestamp() * 1_000_000)
