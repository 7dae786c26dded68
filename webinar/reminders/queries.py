"""Who should hear and has no letter: the set difference between seats and reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, Integer, Select, Text, cast, column, literal, select, values

from webinar.db.base import UtcDateTime
from webinar.db.store import store
from webinar.outbox.service import payload_of
from webinar.registration.models import Seat, SeatState
from webinar.reminders.models import Reminder
from webinar.reminders.rules import farthest, latest_due
from webinar.sessions.models import Session, State


@dataclass(frozen=True)
class Round:
    """One session whose reminder of `offset_minutes` fell due at `due_at`; instants aware UTC."""

    session_id: int
    starts_at: datetime
    offset_minutes: int
    due_at: datetime


def rounds(now: datetime) -> list[Round]:
    """The reminder that is due for each session that has not begun, in one question."""
    coming = store.execute(
        select(Session.id, Session.starts_at).where(
            Session.state == State.PUBLISHED, Session.starts_at > now, Session.starts_at <= farthest(now)
        )
    )
    return [round_ for session_id, starts_at in coming if (round_ := _round(session_id, starts_at, now))]


def _round(session_id: int, starts_at: datetime, now: datetime) -> Round | None:
    offset = latest_due(starts_at, now)
    if offset is None:
        return None
    return Round(session_id, starts_at, offset, starts_at - timedelta(minutes=offset))


def unreminded(due: Sequence[Round]) -> Select[int, datetime, int]:
    """Seat, start and offset of everybody who lacks their reminder, and had no nearer one: clocks go back.

    Who got their place after it fell due is left out: the confirmation was their reminder.
    """
    round_ = _as_table(due)
    done = select(Reminder.id).where(
        Reminder.seat_id == Seat.id,
        Reminder.starts_at == round_.c.starts_at,
        Reminder.offset_minutes <= round_.c.offset_minutes,
    )
    return (
        select(Seat.id, round_.c.starts_at, round_.c.offset_minutes)
        .join(round_, Seat.session_id == round_.c.session_id)
        .where(Seat.state == SeatState.CONFIRMED, Seat.changed_at <= round_.c.due_at, ~done.exists())
    )


def letters(due: Sequence[Round], posted_at: datetime) -> Select[str, Any, datetime]:
    """Key, payload and due instant of the letters for the reminders noted at `posted_at`."""
    round_ = _as_table(due)
    key = _text("mail:reminder:", round_.c.session_id, ":", Reminder.seat_id, ":", Reminder.id)
    return (
        select(key, payload_of(reminder_id=Reminder.id), round_.c.due_at)
        .select_from(Reminder)
        .join(Seat, Seat.id == Reminder.seat_id)
        .join(
            round_,
            (Seat.session_id == round_.c.session_id)
            & (Reminder.starts_at == round_.c.starts_at)
            & (Reminder.offset_minutes == round_.c.offset_minutes),
        )
        .where(Reminder.posted_at == posted_at)
    )


def reminder(reminder_id: int) -> Reminder | None:
    """The reminder of a letter."""
    return store.get(Reminder, reminder_id)


def _as_table(due: Sequence[Round]) -> CTE:
    rows = values(
        column("session_id", Integer),
        column("starts_at", UtcDateTime),
        column("offset_minutes", Integer),
        column("due_at", UtcDateTime),
        name="round",
    )
    return rows.data([(r.session_id, r.starts_at, r.offset_minutes, r.due_at) for r in due]).cte("round")


def _text(*parts: Any) -> Any:
    joined: Any = literal("", Text)
    for part in parts:
        joined = joined + (literal(part, Text) if isinstance(part, str) else cast(part, Text))
    return joined
