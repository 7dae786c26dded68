"""Setting the room of a session, and switching everybody's link to its backup."""

from dataclasses import asdict
from datetime import datetime, timedelta

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.meetings import queries
from webinar.meetings.facts import RoomChanged
from webinar.meetings.models import Room
from webinar.meetings.port import Link
from webinar.meetings.providers import PLAIN_LINK, PROVIDERS
from webinar.outbox import service as outbox
from webinar.refusal import Refusal
from webinar.sessions.models import Session
from webinar.timekeeping import clock


class LinkSavedMeanwhile(Refusal):
    """Somebody else set the link since this form was opened."""


class NoBackup(Refusal):
    """There is no backup room to switch to."""


def set_link(session: Session, actor: Person, link: Link, *, seen_at: datetime | None = None) -> Room:
    """Set where the join link of a session leads; saving the same again changes and tells nothing.

    `seen_at` is the `changed_at` of the room that the form was opened with, None: not asked. Raises
    Invalid with the field, LinkSavedMeanwhile.
    """
    accepted = asdict(PROVIDERS[PLAIN_LINK].accepted(link))
    room = _locked(session)
    if room is not None and seen_at is not None and seen_at != room.changed_at:
        raise LinkSavedMeanwhile(
            "Somebody set the link while you had this page open. Yours is still below; look at the one in "
            "use, then save again to replace it."
        )
    if room is None:
        room = Room(session_id=session.id, provider=PLAIN_LINK, changed_at=clock.now(), on_backup=False)
        store.add(room)
    elif all(getattr(room, name) == value for name, value in accepted.items()):
        return room
    for name, value in accepted.items():
        setattr(room, name, value)
    room.on_backup = room.on_backup and bool(room.backup_url)
    _changed(session, room, actor, "room.set")
    return room


def use_backup(session: Session, actor: Person, *, backup: bool = True) -> Room:
    """Lead every join link to the backup room, or with False to the first again; harmless twice.

    Raises NoBackup.
    """
    room = _locked(session)
    if room is None or (backup and not room.backup_url):
        raise NoBackup("There is no backup link. Please add one first; every join link then follows.")
    if room.on_backup != backup:
        room.on_backup = backup
        _changed(session, room, actor, "room.backup" if backup else "room.first")
    return room


def _locked(session: Session) -> Room | None:
    room = queries.room_of(session.id)
    if room is not None:
        store.refresh(room, with_for_update=True)
    return room


def _changed(session: Session, room: Room, actor: Person, action: str) -> None:
    # Addresses and passcodes stay out of the audit log.
    room.changed_at = max(clock.now(), room.changed_at + timedelta(microseconds=1))
    store.flush()
    audit.record(action, "session", session.id, actor_id=actor.id, society_id=session.society_id)
    outbox.tell(RoomChanged(session.id, int(room.changed_at.timestamp() * 1_000_000)))
