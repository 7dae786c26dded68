"""Reminder: the trace that one seat was reminded of one start at one offset."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webinar.db.base import Base


class Reminder(Base):
    """Unique per seat, start and offset (minutes before it), so a moved session reminds anew."""

    __tablename__ = "reminders"

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"))
    starts_at: Mapped[datetime]
    offset_minutes: Mapped[int]
    posted_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("seat_id", "starts_at", "offset_minutes"),)
