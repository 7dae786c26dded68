"""FeedKey: a person's secret calendar address."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.accounts.models import Person
from webinar.db.base import Base


class FeedKind(StrEnum):
    """What an address shows: the sessions that its person attends, or those that they organise."""

    PERSONAL = "personal"
    ORGANISER = "organiser"


class FeedKey(Base):
    """Opens one person's feed of one kind and nothing else; revoked by the person, replaced by a fresh one.

    The kinds are replaced apart from each other.
    """

    __tablename__ = "feed_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[FeedKind] = mapped_column(default=FeedKind.PERSONAL)
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_read_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
