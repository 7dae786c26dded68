"""Reading a mailbox by turns: one worker at a time, where it stopped, and how it went."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update

from webinar.calendars.models import Arrival, Mailbox
from webinar.db.store import insert_once, store
from webinar.outbox.queries import lease_clock

LEASE_SECONDS = 600


@dataclass(frozen=True)
class Turn:
    """One worker's turn at a mailbox, held under a fence; UIDs up to `last_uid` were looked at."""

    mailbox_id: int
    fence: int
    uidvalidity: int
    last_uid: int


def claim(name: str) -> Turn | None:
    """A turn at the mailbox of that name (made where it is new); None while another worker is at it."""
    unread = {"name": name, "uidvalidity": 0, "last_uid": 0, "fence": 0, "failures": 0, "trouble": ""}
    insert_once(Mailbox, unread, ["name"])
    lease = lease_clock()
    free = or_(
        Mailbox.lease_until.is_(None), Mailbox.lease_epoch != lease.epoch, Mailbox.lease_until < lease.seconds
    )
    won = store.execute(
        update(Mailbox)
        .where(Mailbox.name == name, free)
        .values(lease_epoch=lease.epoch, lease_until=lease.seconds + LEASE_SECONDS, fence=Mailbox.fence + 1)
        .execution_options(synchronize_session=False)
    )
    if not won.rowcount:  # type: ignore[attr-defined]
        return None
    box = store.scalars(
        select(Mailbox).where(Mailbox.name == name), execution_options={"populate_existing": True}
    ).one()
    return Turn(box.id, box.fence, box.uidvalidity, box.last_uid)


def looked_at(turn: Turn, uidvalidity: int, uid: int) -> bool:
    """Remember how far this turn came; whether the turn is still ours."""
    return _mend(turn, uidvalidity=uidvalidity, last_uid=uid)


def finish(turn: Turn, now: datetime) -> None:
    """The turn ends well."""
    _mend(turn, lease_until=None, last_read_at=now, failing_since_at=None, failures=0, trouble="")


def fail(turn: Turn, now: datetime, trouble: str) -> None:
    """The turn ends badly; the next one is tried as usual."""
    box = store.get_one(Mailbox, turn.mailbox_id, populate_existing=True)
    _mend(
        turn,
        lease_until=None,
        failing_since_at=box.failing_since_at or now,
        failures=box.failures + 1,
        trouble=trouble[:500],
    )


def to_settle(turn: Turn, uidvalidity: int) -> dict[int, int]:
    """Mails that were kept and still lie where they arrived: arrival by UID."""
    rows = store.execute(
        select(Arrival.uid, Arrival.id).where(
            Arrival.mailbox_id == turn.mailbox_id,
            Arrival.uidvalidity == uidvalidity,
            Arrival.settled_at.is_(None),
        )
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def settled(arrival_ids: Collection[int], now: datetime) -> None:
    """They were moved or flagged on the server."""
    store.execute(update(Arrival).where(Arrival.id.in_(arrival_ids)).values(settled_at=now))


def _mend(turn: Turn, **values: object) -> bool:
    ours = store.execute(
        update(Mailbox)
        .where(Mailbox.id == turn.mailbox_id, Mailbox.fence == turn.fence)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(ours.rowcount)  # type: ignore[attr-defined]
