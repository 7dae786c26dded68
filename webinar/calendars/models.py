"""FeedKey: a person's secret calendar address; and what comes back from calendars: mails, replies, answers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.accounts.models import Person
from webinar.calendars.rules.reply import DeclineRule, Proof, Standing
from webinar.db.base import Base
from webinar.registration.models import Seat
from webinar.sessions.models import Session


class FeedKind(StrEnum):
    """What an address shows: the sessions that its person attends, or those that they organise."""

    PERSONAL = "personal"
    ORGANISER = "organiser"


class FeedKey(Base):
    """Opens one person's feed of one kind and nothing else; revoked by the person, replaced by a fresh one.

    The kinds are replaced apart from each other.
    """

    __tablename__ = "feed_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[FeedKind] = mapped_column(default=FeedKind.PERSONAL)
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_read_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Source(StrEnum):
    """The way a mail came in."""

    IMAP = "imap"
    WEBHOOK = "webhook"
    PIPE = "pipe"


class ArrivalState(StrEnum):
    """new → read; unreadable: a person should look; too_large: only its beginning was kept."""

    NEW = "new"
    READ = "read"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    SET_ASIDE = "set_aside"


class Mailbox(Base):
    """One IMAP folder that we read: how far, who is at it, and how the last try went.

    `name` is user@host/folder. UIDs up to `last_uid` under `uidvalidity` were looked at (RFC 9051 2.3.1.1).
    `lease_epoch` and `lease_until` are of the outbox's lease clock; `fence` rises with each claim.
    """

    __tablename__ = "mailboxes"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    uidvalidity: Mapped[int] = mapped_column(BigInteger, default=0)
    last_uid: Mapped[int] = mapped_column(BigInteger, default=0)
    lease_epoch: Mapped[str | None]
    lease_until: Mapped[float | None]
    fence: Mapped[int] = mapped_column(default=0)
    last_read_at: Mapped[datetime | None]
    failing_since_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(default="")


class Arrival(Base):
    """A mail as it came in, kept before anything is made of it; the same bytes arrive once.

    `raw` is emptied when an answer was read long ago. `uid` and `settled_at` say where it lies on the
    mail server, and since when it is moved or flagged there.
    """

    __tablename__ = "arrivals"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    source: Mapped[Source]
    state: Mapped[ArrivalState] = mapped_column(default=ArrivalState.NEW)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    trouble: Mapped[str] = mapped_column(default="")
    arrived_at: Mapped[datetime]
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailboxes.id"))
    uidvalidity: Mapped[int | None] = mapped_column(BigInteger)
    uid: Mapped[int | None] = mapped_column(BigInteger)
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_arrivals_state_arrived_at", "state", "arrived_at"),
        Index("ix_arrivals_mailbox_id_settled_at", "mailbox_id", "settled_at"),
    )


class CalendarReply(Base):
    """One answer as it came; never changed but for its standing, and who decided that.

    `session_id` and `seat_id` are empty where we know no such session or person. `author` is who sent the
    mail, `attendee` for whom. `sequence` is the one answered; all `_at` aware UTC.
    """

    __tablename__ = "calendar_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    arrival_id: Mapped[int] = mapped_column(ForeignKey("arrivals.id"), index=True)
    identity: Mapped[str] = mapped_column(unique=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("sessions.id"))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id"), index=True)
    method: Mapped[str]
    uid: Mapped[str]
    recurs_at: Mapped[datetime | None]
    sequence: Mapped[int]
    stamp_at: Mapped[datetime]
    mailed_at: Mapped[datetime]
    author: Mapped[str]
    attendee: Mapped[str]
    says: Mapped[str]
    comment: Mapped[str]
    delegated_to: Mapped[str]
    asks_for_at: Mapped[datetime | None]
    proof: Mapped[Proof]
    standing: Mapped[Standing]
    because: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    session: Mapped[Session | None] = relationship()
    seat: Mapped[Seat | None] = relationship()

    __table_args__ = (Index("ix_calendar_replies_session_id_standing", "session_id", "standing"),)


class SeatAnswer(Base):
    """The answer that stands for one seat: the last reply that was taken.

    `asks` is true while organisers have to say what becomes of a declined seat.
    """

    __tablename__ = "seat_answers"

    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"), primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("calendar_replies.id"))
    asks: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]

    reply: Mapped[CalendarReply] = relationship()
    seat: Mapped[Seat] = relationship()


class DeclinePolicy(Base):
    """What one society wants when somebody declines in their calendar; without a row: to be asked."""

    __tablename__ = "decline_policies"

    society_id: Mapped[int] = mapped_column(ForeignKey("societies.id"), primary_key=True)
    rule: Mapped[DeclineRule]
