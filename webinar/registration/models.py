"""Seat: one person's place at one session; SeriesSeat: their registration for all of a series."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.accounts.models import Person
from webinar.db.base import Base
from webinar.sessions.models import Series, Session


class SeatState(StrEnum):
    """confirmed and offered seats count against the capacity."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Registrant:
    """What somebody told of themselves when they registered: `name` is the name for the certificate."""

    name: Mapped[str]
    country: Mapped[str | None]
    zone_name: Mapped[str | None]
    locale: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Seat(Registrant, Base):
    """A registration. `version` rises with each change of state.

    `nonce` seeds the personal links (ticket and join); only their hashes are stored.
    `queued_at` orders the waiting list; `offer_ends_at` bounds an offer. `alarm` asks for a reminder of the
    calendar's own in the invitation.
    """

    __tablename__ = "seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[SeatState]
    version: Mapped[int] = mapped_column(default=1)
    nonce: Mapped[str]
    ticket_hash: Mapped[str] = mapped_column(unique=True)
    join_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    alarm: Mapped[bool] = mapped_column(default=True)
    queued_at: Mapped[datetime | None]
    offer_ends_at: Mapped[datetime | None]

    session: Mapped[Session] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        Index("ix_seats_session_id_state_queued_at", "session_id", "state", "queued_at"),
    )


class SeriesSeatState(StrEnum):
    """left: its coming dates were given back, and further ones bring no seat."""

    HELD = "held"
    LEFT = "left"


class SeriesSeat(Registrant, Base):
    """A registration for all coming dates of a series: each is a seat of its own.

    `alone` holds the ids of sessions that stand in the person's calendar by themselves, outside the one
    event of the series; it only grows, so that nothing stands there twice. `alarm` asks for reminders of
    the calendar's own. `version` rises with joining and leaving; `nonce` seeds the personal link.
    """

    __tablename__ = "series_seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[SeriesSeatState]
    version: Mapped[int] = mapped_column(default=1)
    alone: Mapped[list[Any]] = mapped_column(default=list)
    alarm: Mapped[bool] = mapped_column(default=True)
    nonce: Mapped[str]
    ticket_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    series: Mapped[Series] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("series_id", "person_id"),)
