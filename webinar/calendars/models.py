"""FeedKey: a person's secret calendar address."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.accounts.models import Person
from webinar.db.base import Base


class FeedKey(Base):
    """Opens one person's feed and nothing else; revoked by the person, replaced by a fresh one."""

    __tablename__ = "feed_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_read_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
