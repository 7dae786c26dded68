"""Presences: the time present of each seat, derived anew from what the reports tell."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from webinar.attendance.models import Presence
from webinar.attendance.queries import evidence
from webinar.attendance.rules.presence import Present, Told, present
from webinar.db.store import store
from webinar.sessions.models import Session
from webinar.timekeeping import clock
from webinar.timekeeping.intervals import Interval

StoredSpan = Sequence[str | None]


def recompute(session: Session) -> bool:
    """Derive the time present of every seat of a session; whether anything changed. Harmless twice.

    The number of questions to the database does not grow with the number of people.
    """
    store.flush()
    window = Interval(session.starts_at, session.ends_at)
    now = clock.now()
    told = {seat_id: _told(rows) for seat_id, rows in evidence.matched(session.id).items()}
    wanted = {seat_id: found for seat_id, each in told.items() if (found := present(each, window))}
    held = {each.seat_id: each for each in store.scalars(_held(session))}
    gone = held.keys() - wanted.keys()
    if gone:
        store.execute(delete(Presence).where(Presence.seat_id.in_(gone)))
    changed = bool(gone)
    for seat_id, found in wanted.items():
        changed |= _keep(session, seat_id, held.get(seat_id), found, now)
    store.flush()
    return changed


def told_of(intervals: Iterable[StoredSpan], seconds: int | None) -> Told:
    """What one stored row tells. A stay without an end tells no time; a total stands in for no intervals."""
    closed = [Interval(_instant(start), _instant(end)) for start, end in intervals if start and end]
    stated = timedelta(seconds=seconds) if seconds is not None and not list(intervals) else None
    return Told(tuple(closed), stated)


def stored_spans(intervals: Iterable[Interval]) -> list[list[str]]:
    """Intervals as columns hold them: [from, to] in ISO 8601 UTC."""
    return [[each.start.isoformat(), each.end.isoformat()] for each in intervals]


def _held(session: Session) -> Any:
    return select(Presence).where(Presence.session_id == session.id)


def _told(rows: Iterable[tuple[Sequence[StoredSpan], int | None]]) -> list[Told]:
    return [told_of(intervals, seconds) for intervals, seconds in rows]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _keep(session: Session, seat_id: int, held: Presence | None, found: Present, now: datetime) -> bool:
    values = {
        "seconds": found.seconds,
        "intervals": stored_spans(found.intervals),
        "source": found.source.value,
    }
    if held is None:
        store.add(Presence(session_id=session.id, seat_id=seat_id, computed_at=now, **values))
        return True
    if all(getattr(held, name) == value for name, value in values.items()):
        return False
    for name, value in {**values, "computed_at": now}.items():
        setattr(held, name, value)
    return True
