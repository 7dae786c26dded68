"""The log behind sync tokens: what a collection holds is compared with what programs were last told.

Nothing is hooked into edits: whatever makes an event other, new or absent, be it an edit, a seat given
back or a day that passes, is found when a program next asks.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from webinar.caldav.models import SyncedCollection, SyncedEvent
from webinar.caldav.queries.mine import MySessions, Told, told
from webinar.db.store import insert_once, store

Differences = Mapping[str, Told]


def is_behind(source: MySessions) -> bool:
    """Whether something happened that the log does not know; changes nothing."""
    return bool(_differences(source))


def catch_up(source: MySessions) -> None:
    """Write down what happened since the log was last written, each UID under a version of its own.

    The collection's row is locked first, so that processes asked at once write one after the other.
    """
    person_id = source.person_id
    insert_once(SyncedCollection, {"person_id": person_id, "version": 0}, ["person_id"])
    row = select(SyncedCollection.version).where(SyncedCollection.person_id == person_id)
    before = store.scalars(row.with_for_update()).one()
    differences = _differences(source)
    for version, (uid, now) in enumerate(differences.items(), before + 1):
        _write(person_id, uid, {"etag": now.etag, "version": version, "is_gone": now.is_gone})
    mine = SyncedCollection.person_id == person_id
    store.execute(update(SyncedCollection).where(mine).values(version=before + len(differences)))


def _differences(source: MySessions) -> Differences:
    """The present state of each UID that is not as told."""
    before = told(source.person_id)
    now = {each.uid: Told(each.etag, is_gone=False) for each in source.held()}
    changed = {uid: state for uid, state in now.items() if before.get(uid) != state}
    left = {uid: Told("", is_gone=True) for uid, was in before.items() if uid not in now and not was.is_gone}
    return {**changed, **left}


def _write(person_id: int, uid: str, values: dict[str, Any]) -> None:
    key = {"person_id": person_id, "uid": uid}
    if not insert_once(SyncedEvent, {**key, **values}, ["person_id", "uid"]):
        mine = (SyncedEvent.person_id == person_id, SyncedEvent.uid == uid)
        store.execute(update(SyncedEvent).where(*mine).values(**values))
