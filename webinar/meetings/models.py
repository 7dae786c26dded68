"""Room: where the join link of a session leads today."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webinar.db.base import Base


class Room(Base):
    """The video room of a session; `provider` names the file in providers/ that runs it."""

    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), unique=True)
    provider: Mapped[str]
    url: Mapped[str]
    meeting_id: Mapped[str] = mapped_column(default="")
    passcode: Mapped[str] = mapped_column(default="")
    dial_in: Mapped[str] = mapped_column(default="")
    backup_url: Mapped[str] = mapped_column(default="")
    on_backup: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
