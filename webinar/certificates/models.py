"""Certificate: a statement that can still be checked years later."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.credits.models import Award
from webinar.db.base import Base
from webinar.registration.models import Seat


class CertificateState(StrEnum):
    """What the verify page says first."""

    VALID = "valid"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    HELD = "held"  # not public: something on it cannot be printed yet


class Certificate(Base):
    """`code` stands in the address and the QR code; `face` holds the words as issued.

    A corrected one points to its successor; `visible` is the holder's choice. `version` counts the
    certificates of one award: a corrected name makes the next, with a code of its own, and sets
    `renamed`, which a later award's certificate keeps. `ended_because` says why it was corrected,
    withdrawn or held.
    """

    __tablename__ = "certificates"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("awards.id"))
    version: Mapped[int] = mapped_column(default=1)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"), index=True)
    holder: Mapped[str]
    renamed: Mapped[bool] = mapped_column(default=False)
    face: Mapped[dict[str, Any]]
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.VALID)
    visible: Mapped[bool] = mapped_column(default=True)
    issued_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"))

    award: Mapped[Award] = relationship()
    seat: Mapped[Seat] = relationship()

    __table_args__ = (UniqueConstraint("award_id", "version"),)
