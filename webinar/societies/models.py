"""Society, its members with their roles, invitations to join the team, and whom it follows."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.accounts.models import Person
from webinar.db.base import Base


class Role(StrEnum):
    """What a member may do; each role includes the ones after it."""

    ADMIN = "admin"
    ORGANISER = "organiser"
    PRESENTER = "presenter"


class Society(Base):
    """A society or community. `slug` is its short name in addresses; `locale` its language."""

    __tablename__ = "societies"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    zone_name: Mapped[str]
    locale: Mapped[str]
    brand_colour: Mapped[str]
    contact_email: Mapped[str]
    created_at: Mapped[datetime]


class Member(Base):
    """One person's role in one society."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    society_id: Mapped[int] = mapped_column(ForeignKey("societies.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role]
    joined_at: Mapped[datetime]

    society: Mapped[Society] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("society_id", "person_id"),)


class Invitation(Base):
    """An offer of a role to an address; the mailed link proves the address. One per address."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    society_id: Mapped[int] = mapped_column(ForeignKey("societies.id"))
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[Role]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    society: Mapped[Society] = relationship()
    invited_by: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("society_id", "email"),)


class Follow(Base):
    """One society follows another: their sessions have the same audience."""

    __tablename__ = "follows"

    id: Mapped[int] = mapped_column(primary_key=True)
    society_id: Mapped[int] = mapped_column(ForeignKey("societies.id"))
    followed_id: Mapped[int] = mapped_column(ForeignKey("societies.id"), index=True)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("society_id", "followed_id"),
        CheckConstraint("society_id <> followed_id", name="another_society"),
    )
