"""Letter: a promise to be kept when due; Attempt: each try at keeping it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webinar.db.base import Base


class LetterState(StrEnum):
    """pending → sending → sent; dead: given up; missed: no longer useful."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    MISSED = "missed"


class AttemptState(StrEnum):
    """How one try ended; `late`: its lease had been taken over by another worker."""

    OPEN = "open"
    OK = "ok"
    LATE = "late"
    FAILED = "failed"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"
    MISSED = "missed"


class Letter(Base):
    """One promise. `key` makes it unique; `fence` rises with each claim.

    The lease is counted on a clock that nobody steps (`lease_clock`), named by `lease_epoch`.
    """

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[LetterState] = mapped_column(default=LetterState.PENDING)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    lease_epoch: Mapped[str | None]
    lease_until: Mapped[float | None]
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    note: Mapped[str | None]

    __table_args__ = (Index("ix_letters_state_due_at", "state", "due_at"),)


class Attempt(Base):
    """One try at a letter under one fence."""

    __tablename__ = "letter_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    fence: Mapped[int]
    state: Mapped[AttemptState] = mapped_column(default=AttemptState.OPEN)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    detail: Mapped[str | None]

    __table_args__ = (UniqueConstraint("letter_id", "fence"),)
