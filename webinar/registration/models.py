"""Seat: one person's place at one session."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.accounts.models import Person
from webinar.db.base import Base
from webinar.sessions.models import Session


class SeatState(StrEnum):
    """confirmed and offered seats count against the capacity."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Seat(Base):
    """A registration. `name` is the name for the certificate; `version` rises with each change of state.

    `nonce` seeds the personal links (ticket and join); only their hashes are stored.
    `queued_at` orders the waiting list; `offer_ends_at` bounds an offer.
    """

    __tablename__ = "seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str]
    country: Mapped[str | None]
    zone_name: Mapped[str | None]
    locale: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[SeatState]
    version: Mapped[int] = mapped_column(default=1)
    nonce: Mapped[str]
    ticket_hash: Mapped[str] = mapped_column(unique=True)
    join_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]
    offer_ends_at: Mapped[datetime | None]

    session: Mapped[Session] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        Index("ix_seats_session_id_state_queued_at", "session_id", "state", "queued_at"),
    )
