"""What is kept of feeds: a version per scope, what changed under it, and the bytes made of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webinar.db.base import Base


class ScopeKind(StrEnum):
    """Whose sessions a feed shows; `owner_id` is then the id of a person, a society or a series."""

    PERSON = "person"
    ORGANISER = "organiser"
    SOCIETY = "society"
    SERIES = "series"


class FeedScope(Base):
    """One owner's collection. `version` rises in the transaction of each edit that may show in it."""

    __tablename__ = "feed_scopes"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ScopeKind]
    owner_id: Mapped[int]
    version: Mapped[int]

    __table_args__ = (UniqueConstraint("kind", "owner_id"),)


class FeedChange(Base):
    """The version under which a session last changed in a scope, entered it or left it: a sync token's log."""

    __tablename__ = "feed_changes"

    scope_id: Mapped[int] = mapped_column(ForeignKey("feed_scopes.id"), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    version: Mapped[int]

    __table_args__ = (Index("ix_feed_changes_scope_id_version", "scope_id", "version"),)


class FeedBody(Base):
    """Bytes of a feed, found by the hash of the plain ones; those with secret links are sealed."""

    __tablename__ = "feed_bodies"

    hash: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bool]
    plain: Mapped[bytes]
    zipped: Mapped[bytes]
    made_at: Mapped[datetime]


class FeedCopy(Base):
    """Which bytes one scope has in one variant, good while `version`, `day` and `writer` are the present ones.

    `modified` is the POSIX second in which the bytes last became others. While `making_until` lies ahead,
    one process is making the next ones.
    """

    __tablename__ = "feed_copies"

    id: Mapped[int] = mapped_column(primary_key=True)
    scope_id: Mapped[int] = mapped_column(ForeignKey("feed_scopes.id"))
    variant: Mapped[str]
    version: Mapped[int]
    day: Mapped[str]
    writer: Mapped[str]
    body_hash: Mapped[str | None] = mapped_column(ForeignKey("feed_bodies.hash"), index=True)
    modified: Mapped[int]
    making_until: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("scope_id", "variant"), Index("ix_feed_copies_day", "day"))


class FeedFragment(Base):
    """The VEVENT of one session for one reader, good while all marks are those of the present rows.

    `reader` is a seat's id, 0 for everybody, -1 for organisers; `locale` "" writes in the session's or
    seat's own language. Fragments of seats hold secret links and are sealed. `etag` is the hash of the
    plain bytes.
    """

    __tablename__ = "feed_fragments"

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    reader: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime]
    seat_version: Mapped[int]
    mark: Mapped[str]
    writer: Mapped[str]
    etag: Mapped[str]
    body: Mapped[bytes]
    zone_name: Mapped[str | None]
    first_year: Mapped[int | None]
    last_year: Mapped[int | None]
    ends_at: Mapped[datetime] = mapped_column(index=True)
