"""Award: the credit one seat earned, with the rule, the input and the steps that led to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.db.base import Base
from webinar.registration.models import Seat
from webinar.sessions.models import Session


class Award(Base):
    """Never changed: a new computation makes a new award and points the old one to it.

    `credit` is the value as text ("0.75"); `steps` the explain view; `input_hash` the SHA-256
    of the canonical input.
    """

    __tablename__ = "awards"

    id: Mapped[int] = mapped_column(primary_key=True)
    society_id: Mapped[int] = mapped_column(ForeignKey("societies.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"))
    scheme_id: Mapped[str]
    scheme_version: Mapped[str]
    unit: Mapped[str]
    status: Mapped[str]
    credit: Mapped[str]
    seconds: Mapped[int]
    input: Mapped[dict[str, Any]]
    input_hash: Mapped[str]
    steps: Mapped[list[Any]]
    awarded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    awarded_at: Mapped[datetime]
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("awards.id"))

    seat: Mapped[Seat] = relationship()
    session: Mapped[Session] = relationship()

    __table_args__ = (Index("ix_awards_seat_id_superseded_by_id", "seat_id", "superseded_by_id"),)
