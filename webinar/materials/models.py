"""Deck: one version of a speaker's slides; LinkTest: a speaker was in the room before the day."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.db.base import Base
from webinar.sessions.models import Session, Speaker


class Deck(Base):
    """An uploaded slide file; older versions are kept. `name` is only for show, `size` in bytes."""

    __tablename__ = "decks"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"))
    public_id: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int]
    storage_key: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    pages: Mapped[int]
    uploaded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    session: Mapped[Session] = relationship()
    speaker: Mapped[Speaker] = relationship()

    __table_args__ = (UniqueConstraint("speaker_id", "version"),)


class LinkTest(Base):
    """A speaker opened the room at `address` and said that sound and picture work.

    Another address, such as the backup's, needs another test.
    """

    __tablename__ = "link_tests"

    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str]
    tested_at: Mapped[datetime]
