"""Reading the outbox: what is due, what is parked, and the clock that leases are counted on."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Select, and_, func, or_, select

from webinar.db.store import store
from webinar.outbox.models import Letter, LetterState


@dataclass(frozen=True)
class LeaseClock:
    """Seconds on a clock that no person steps; comparable only within one `epoch`."""

    epoch: str
    seconds: float


def lease_clock() -> LeaseClock:
    """PostgreSQL's own clock; on one SQLite host the seconds since this boot."""
    if store.get_bind().dialect.name == "postgresql":
        seconds = store.scalar(select(func.extract("epoch", func.clock_timestamp())))
        return LeaseClock("server", float(seconds or 0))
    return LeaseClock(_boot(), time.monotonic())


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return "host"


def claimable(now: datetime, lease: LeaseClock, limit: int) -> Select[Letter]:
    """Letters due at `now` that nobody holds, oldest due first, locked against other workers."""
    abandoned = and_(
        Letter.state == LetterState.SENDING,
        or_(Letter.lease_epoch != lease.epoch, Letter.lease_until < lease.seconds),
    )
    waiting = and_(Letter.state == LetterState.PENDING, Letter.due_at <= now)
    return (
        select(Letter)
        .where(or_(waiting, abandoned))
        .order_by(Letter.due_at, Letter.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def parked(limit: int = 100) -> Sequence[Letter]:
    """Letters given up, newest first: a person should look."""
    return store.scalars(
        select(Letter).where(Letter.state == LetterState.DEAD).order_by(Letter.id.desc()).limit(limit)
    ).all()


def with_prefix(prefix: str, limit: int = 500) -> Sequence[Letter]:
    """Letters whose key begins with `prefix`, oldest first."""
    return store.scalars(
        select(Letter).where(Letter.key.startswith(prefix, autoescape=True)).order_by(Letter.id).limit(limit)
    ).all()


def any_of(keys: Collection[str]) -> bool:
    """Whether a letter of one of these keys was ever promised."""
    if not keys:
        return False
    return store.scalar(select(Letter.id).where(Letter.key.in_(keys)).limit(1)) is not None


def backlog(now: datetime) -> dict[str, int]:
    """How many letters stand in each state, and how many of the waiting ones are due."""
    counts = {state.value: 0 for state in LetterState}
    for state, number in store.execute(select(Letter.state, func.count()).group_by(Letter.state)):
        counts[state.value] = number
    due = select(func.count()).where(Letter.state == LetterState.PENDING, Letter.due_at <= now)
    return counts | {"due": store.scalar(due) or 0}


def settled_before(instant: datetime, kinds: tuple[str, ...], limit: int = 1000) -> Select[Letter]:
    """Letters of the kinds that begin so, which ended well before `instant`."""
    of_kind = or_(*(Letter.kind.startswith(kind, autoescape=True) for kind in kinds))
    return (
        select(Letter).where(Letter.state == LetterState.SENT, Letter.done_at < instant, of_kind).limit(limit)
    )
