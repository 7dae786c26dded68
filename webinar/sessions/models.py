"""Series, session and speaker: what is promised, by wall time and zone."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.accounts.models import Person
from webinar.db.base import Base, WallDateTime
from webinar.societies.models import Society


class Kind(StrEnum):
    """What sort of meeting it is."""

    WEBINAR = "webinar"
    JOURNAL_CLUB = "journal_club"
    CASE_DISCUSSION = "case_discussion"
    WORKSHOP = "workshop"


class State(StrEnum):
    """What is stored of a session's life; announced, live and ended follow from the clock."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class SpeakerRole(StrEnum):
    """What somebody does at a session."""

    SPEAKER = "speaker"
    MODERATOR = "moderator"
    DISCUSSANT = "discussant"


class Answer(StrEnum):
    """What an invited speaker said about the time."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    OTHER_TIME = "other_time"
    DECLINED = "declined"


class Disclosure(StrEnum):
    """What a speaker declared of the last 24 months."""

    NONE = "none"
    LISTED = "listed"


class Series(Base):
    """Sessions that share a kind, a rhythm and a length. `rule` is an RFC 5545 RRULE in wall time.

    `uid` and `revision` are the identity and the SEQUENCE of the series as one calendar event;
    `split_from_id` names the series whose later sessions these were (RELATED-TO)."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    society_id: Mapped[int] = mapped_column(ForeignKey("societies.id"))
    slug: Mapped[str]
    uid: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int] = mapped_column(default=0)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    kind: Mapped[Kind]
    zone_name: Mapped[str]
    starts_local: Mapped[datetime] = mapped_column(WallDateTime)
    minutes: Mapped[int]
    rule: Mapped[str]
    locale: Mapped[str]
    credit_scheme: Mapped[str | None]
    created_at: Mapped[datetime]

    society: Mapped[Society] = relationship()

    __table_args__ = (UniqueConstraint("society_id", "slug"),)


class Session(Base):
    """One session. `starts_local` in `zone_name` is the promise; `starts_at`/`ends_at` are derived
    from it with the zone data `tzdata_version`; `later_fold` says that the wall time comes twice and
    the second is meant. `series_starts_local` is where the rule of its series puts it, in the zone of
    the series (RECURRENCE-ID); None: no date of the rule (RDATE). `revision` rises with every change that
    calendars must hear of (RFC 5546 SEQUENCE); `moved_from_at` is the instant people were last told,
    and `moved_from_tzdata` the zone data it came from if new zone data moved it, not an organiser.

    A session with two live hours is two rows: the first has `hour` 1, its twin `hour` 2 and `twin_of_id`
    (decision 0010). A twin without `hour` was taken off again. The window is that of a journal club's
    discussion, in `zone_name`; the twin has none of its own."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    society_id: Mapped[int] = mapped_column(ForeignKey("societies.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    series_number: Mapped[int | None]
    series_starts_local: Mapped[datetime | None] = mapped_column(WallDateTime)
    slug: Mapped[str] = mapped_column(unique=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Kind]
    title: Mapped[str]
    abstract: Mapped[str] = mapped_column(default="")
    objectives: Mapped[list[Any]] = mapped_column(default=list)
    topic: Mapped[str] = mapped_column(default="")
    locale: Mapped[str]
    capacity: Mapped[int | None]
    questions: Mapped[list[Any]] = mapped_column(default=list)
    zone_name: Mapped[str]
    starts_local: Mapped[datetime] = mapped_column(WallDateTime)
    later_fold: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    tzdata_version: Mapped[str]
    credit_scheme: Mapped[str | None]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    revision: Mapped[int] = mapped_column(default=0)
    moved_from_at: Mapped[datetime | None]
    moved_from_tzdata: Mapped[str | None]
    hour: Mapped[int | None]
    twin_of_id: Mapped[int | None] = mapped_column(ForeignKey("sessions.id"))
    window_opens_local: Mapped[datetime | None] = mapped_column(WallDateTime)
    window_closes_local: Mapped[datetime | None] = mapped_column(WallDateTime)
    window_opens_at: Mapped[datetime | None]
    window_closes_at: Mapped[datetime | None]
    cancelled_because: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    recording_url: Mapped[str] = mapped_column(default="")
    recording_note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    society: Mapped[Society] = relationship()
    series: Mapped[Series | None] = relationship()
    speakers: Mapped[list["Speaker"]] = relationship(
        order_by="Speaker.position", cascade="all, delete-orphan"
    )
    twin_of: Mapped["Session | None"] = relationship(remote_side=[id])

    @property
    def lead(self) -> "Session":
        """The session that people know this live hour by: its words, speakers and slides count."""
        return self.twin_of or self

    @property
    def struck_at(self) -> datetime | None:
        """The start that an organiser moved it from, for pages to strike through.

        None where new zone data moved it: the promised wall time stands.
        """
        moved = self.moved_from_at != self.starts_at and self.moved_from_tzdata is None
        return self.moved_from_at if moved else None

    __table_args__ = (
        Index(
            "ix_sessions_twin_of_id",
            "twin_of_id",
            unique=True,
            sqlite_where=text("hour = 2"),
            postgresql_where=text("hour = 2"),
        ),
        Index("ix_sessions_society_id_starts_at", "society_id", "starts_at"),
        Index("ix_sessions_state_starts_at", "state", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        CheckConstraint(
            "hour IS NULL OR (hour = 1 AND twin_of_id IS NULL) OR (hour = 2 AND twin_of_id IS NOT NULL)",
            name="hour_of_twins",
        ),
        CheckConstraint(
            "(window_opens_at IS NULL AND window_closes_at IS NULL) OR window_closes_at > window_opens_at",
            name="window_closes_after_it_opens",
        ),
    )


class Speaker(Base):
    """Somebody asked to speak at one session, reached by one mailed link (`token_hash`)."""

    __tablename__ = "speakers"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    email: Mapped[str]
    name: Mapped[str]
    affiliation: Mapped[str] = mapped_column(default="")
    bio: Mapped[str] = mapped_column(default="")
    role: Mapped[SpeakerRole] = mapped_column(default=SpeakerRole.SPEAKER)
    position: Mapped[int]
    talk_title: Mapped[str] = mapped_column(default="")
    talk_minutes: Mapped[int | None]
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    invited_at: Mapped[datetime | None]
    answer: Mapped[Answer] = mapped_column(default=Answer.WAITING)
    answer_note: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    disclosure: Mapped[Disclosure | None]
    disclosure_text: Mapped[str] = mapped_column(default="")
    disclosed_at: Mapped[datetime | None]
    recording_consent: Mapped[bool | None]
    consented_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()

    __table_args__ = (UniqueConstraint("session_id", "email"),)


class ZoneRelease(Base):
    """What one release of the zone data said of the years to come: once it is replaced, nothing else can
    tell what people's clocks were to show. `number` counts the changes of release; `zones` holds for each
    zone name `Offsets.plain()`."""

    __tablename__ = "zone_releases"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str]
    remembered_at: Mapped[datetime]
    zones: Mapped[dict[str, Any]]
