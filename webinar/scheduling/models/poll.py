"""Poll, its options, who is asked and what they say: options are instants for everybody."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.accounts.models import Person
from webinar.db.base import Base, WallDateTime
from webinar.scheduling.rules.poll import PollChoice, PollKind
from webinar.sessions.models import Session


class Poll(Base):
    """One question about the time of a session. `zone_name` is where its options were typed.

    `deadline_local` in `deadline_zone_name` is the promise, `deadline_at` derived from it with
    `tzdata_version`. `token_hash` opens the link for everybody, `revision` rises with each change that
    voters must hear of, `opened_at` is since when it asks with this deadline, `chosen_at` the instant it
    was closed with.
    """

    __tablename__ = "polls"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    kind: Mapped[PollKind]
    zone_name: Mapped[str]
    deadline_local: Mapped[datetime] = mapped_column(WallDateTime)
    deadline_zone_name: Mapped[str]
    deadline_later_fold: Mapped[bool] = mapped_column(default=False)
    deadline_at: Mapped[datetime]
    tzdata_version: Mapped[str]
    names_shown: Mapped[bool] = mapped_column(default=False)
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    chosen_at: Mapped[datetime | None]

    session: Mapped[Session] = relationship()
    options: Mapped[list["PollOption"]] = relationship(
        order_by="PollOption.starts_at", cascade="all, delete-orphan"
    )
    voters: Mapped[list["PollVoter"]] = relationship(
        order_by="PollVoter.id", cascade="all, delete-orphan", back_populates="poll"
    )

    __table_args__ = (UniqueConstraint("session_id", "kind"),)


class PollOption(Base):
    """One time to choose. `starts_local` in the poll's zone is what was typed, `starts_at` the instant
    derived from it with `tzdata_version`; `moved_from_at` is the instant that voters were told before.
    It lasts as long as its session."""

    __tablename__ = "poll_options"

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"), index=True)
    starts_local: Mapped[datetime] = mapped_column(WallDateTime)
    later_fold: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[datetime]
    tzdata_version: Mapped[str]
    moved_from_at: Mapped[datetime | None]


class PollVoter(Base):
    """Somebody asked by mail, or come by the open link (`came_open`); reached by one personal link.

    `zone_name` is the zone they answered in, `suggestion` their words where no time works, and
    `suggested_at` the instant they would like instead.
    """

    __tablename__ = "poll_voters"

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    email: Mapped[str]
    name: Mapped[str]
    required: Mapped[bool] = mapped_column(default=False)
    came_open: Mapped[bool] = mapped_column(default=False)
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    zone_name: Mapped[str | None]
    locale: Mapped[str | None]
    suggestion: Mapped[str] = mapped_column(default="")
    suggested_at: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    poll: Mapped[Poll] = relationship(back_populates="voters")
    person: Mapped[Person | None] = relationship()
    answers: Mapped[list["PollAnswer"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (UniqueConstraint("poll_id", "email"),)


class PollAnswer(Base):
    """What one voter says to one option."""

    __tablename__ = "poll_answers"

    voter_id: Mapped[int] = mapped_column(ForeignKey("poll_voters.id", ondelete="CASCADE"), primary_key=True)
    option_id: Mapped[int] = mapped_column(
        ForeignKey("poll_options.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    choice: Mapped[PollChoice]
