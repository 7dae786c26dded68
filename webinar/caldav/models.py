"""AppPassword: what one calendar program shows; and the log that sync tokens count in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.accounts.models import Person
from webinar.db.base import Base


class AppPassword(Base):
    """Opens one person's calendars by CalDAV and nothing else; shown once, only its hash is kept."""

    __tablename__ = "app_passwords"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    device: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SyncedCollection(Base):
    """One person's collection as programs have seen it; `version` rises by one with each change told."""

    __tablename__ = "synced_collections"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    version: Mapped[int]


class SyncedEvent(Base):
    """The last state of one UID that programs were told, and the version under which it came to be."""

    __tablename__ = "synced_events"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    uid: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str]
    version: Mapped[int]
    is_gone: Mapped[bool]

    __table_args__ = (Index("ix_synced_events_person_id_version", "person_id", "version"),)
