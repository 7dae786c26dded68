"""Visit, report (read or waiting for an answer), its people, and the presence that follows from them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.db.base import Base
from webinar.registration.models import Seat


class MatchState(StrEnum):
    """Where a row of a report stands."""

    MATCHED = "matched"
    REVIEW = "review"
    IGNORED = "ignored"


class MatchedBy(StrEnum):
    """What bound a row to a seat; only the first three do so by themselves."""

    TOKEN = "token"  # noqa: S105  a kind of evidence, not a secret
    REGISTRANT = "registrant"
    EMAIL = "email"
    PERSON = "person"


class Visit(Base):
    """A press on the personal join link while the session was open; one row per seat."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"), unique=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)


class Report(Base):
    """A provider's attendance file, kept as evidence; the same bytes count once per session.

    `answers` are what a person said because the file did not: zone, day_order, columns (field → heading).
    """

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    sha256: Mapped[str]
    storage_key: Mapped[str]
    name: Mapped[str]
    provider: Mapped[str]
    layout: Mapped[str]
    zone_name: Mapped[str | None]
    answers: Mapped[dict[str, Any]]
    warnings: Mapped[list[Any]]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    uploaded_at: Mapped[datetime]

    people: Mapped[list["ReportPerson"]] = relationship(
        order_by="ReportPerson.id", cascade="all, delete-orphan"
    )

    __table_args__ = (UniqueConstraint("session_id", "sha256"),)


class Unread(Base):
    """A file that asks something before it can be read, kept until it is answered or thrown away.

    `questions` are codes (zone, day_order, columns), `columns` the headings found, `answers` as in Report.
    """

    __tablename__ = "unread_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    sha256: Mapped[str]
    storage_key: Mapped[str]
    name: Mapped[str]
    sentence: Mapped[str]
    questions: Mapped[list[Any]]
    columns: Mapped[list[Any]]
    answers: Mapped[dict[str, Any]]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    uploaded_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("session_id", "sha256"),)


class ReportPerson(Base):
    """One identity of a report. `intervals` are [from, to] in ISO 8601 UTC; `seconds` their union,
    or what the file states where it names only minutes."""

    __tablename__ = "report_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    name: Mapped[str | None]
    email: Mapped[str | None]
    registrant_id: Mapped[str | None]
    role: Mapped[str | None]
    intervals: Mapped[list[Any]]
    seconds: Mapped[int | None]
    no_show: Mapped[bool]
    state: Mapped[MatchState]
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id"), index=True)
    matched_by: Mapped[MatchedBy | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]

    seat: Mapped[Seat | None] = relationship()


class Presence(Base):
    """Time present of one seat: the union of its intervals clipped to the session, in seconds."""

    __tablename__ = "presences"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"), unique=True)
    seconds: Mapped[int]
    intervals: Mapped[list[Any]]
    source: Mapped[str]
    computed_at: Mapped[datetime]

    seat: Mapped[Seat] = relationship()


class Closing(Base):
    """The organiser's word that attendance is complete; reopening and closing again raises `version`."""

    __tablename__ = "closings"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    closed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
