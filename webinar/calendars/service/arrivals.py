"""Keeping mails that come in: stored before anything is made of them, read later by the worker."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update

from webinar.calendars.models import Arrival, ArrivalState, Source
from webinar.db.store import insert_once, store
from webinar.outbox import service as outbox

log = structlog.get_logger()
LETTER = "calendars.arrival"
KEPT_FOR = timedelta(days=90)
KEPT_OF_TOO_LARGE = 20_000


@dataclass(frozen=True)
class Place:
    """Where a mail lies on the mail server."""

    mailbox_id: int
    uidvalidity: int
    uid: int


def keep(raw: bytes, source: Source, now: datetime, *, limit: int, place: Place | None = None) -> bool:
    """Keep a mail and promise to read it; the same bytes twice are one mail. Whether it is new.

    Of more than `limit` bytes only the beginning is kept, for a person. `now` is aware UTC.
    """
    too_large = len(raw) > limit
    values = {
        "digest": hashlib.sha256(raw).hexdigest(),
        "source": source,
        "state": ArrivalState.TOO_LARGE if too_large else ArrivalState.NEW,
        "raw": raw[:KEPT_OF_TOO_LARGE] if too_large else raw,
        "trouble": "larger than WEBINAR_INBOUND_MAX_BYTES" if too_large else "",
        "arrived_at": now,
        "mailbox_id": place.mailbox_id if place else None,
        "uidvalidity": place.uidvalidity if place else None,
        "uid": place.uid if place else None,
    }
    is_new = insert_once(Arrival, values, ["digest"])
    if is_new and too_large:
        log.warning("inbound mail too large", bytes=len(raw))
    elif is_new:
        found = store.scalar(select(Arrival.id).where(Arrival.digest == values["digest"]))
        outbox.post(LETTER, f"{LETTER}:{found}", {"arrival_id": found})
    elif place:
        _lies_elsewhere(str(values["digest"]), place)
    return is_new


def _lies_elsewhere(digest: str, place: Place) -> None:
    """A copy of a known mail, or the mailbox was built anew: what is to be moved or flagged is this one."""
    store.execute(
        update(Arrival)
        .where(Arrival.digest == digest)
        .values(mailbox_id=place.mailbox_id, uidvalidity=place.uidvalidity, uid=place.uid, settled_at=None)
    )


def note_unreadable(arrival_id: int, because: str) -> None:
    """Nothing could be made of it: it waits for a person, with its bytes."""
    log.warning("inbound mail unreadable", arrival=arrival_id, because=because)
    store.execute(
        update(Arrival)
        .where(Arrival.id == arrival_id)
        .values(state=ArrivalState.UNREADABLE, trouble=because[:500])
    )


def set_aside(arrival_id: int) -> bool:
    """A person looked at a troubled mail and needs it no more; whether there was one."""
    done = store.execute(
        update(Arrival)
        .where(Arrival.id == arrival_id, Arrival.state != ArrivalState.NEW)
        .values(state=ArrivalState.SET_ASIDE)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def forget_old(now: datetime) -> None:
    """Sweep: empty mails that were dealt with 90 days ago; what they said stays with the replies."""
    done = (ArrivalState.READ, ArrivalState.SET_ASIDE)
    store.execute(
        update(Arrival)
        .where(Arrival.state.in_(done), Arrival.arrived_at < now - KEPT_FOR, Arrival.raw != b"")
        .values(raw=b"")
    )
