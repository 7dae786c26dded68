"""Person, the links that sign them in, and the logins they hold."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.db.base import Base


class Person(Base):
    """Somebody known by one e-mail address (normalised, unique).

    `zone_name` and `locale` are their own choice or None. `nonce` seeds their personal links.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    country: Mapped[str | None]
    zone_name: Mapped[str | None]
    locale: Mapped[str | None]
    nonce: Mapped[str]
    created_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]


class SignInLink(Base):
    """One mailed way in: used once, within minutes. `reusable` exists for the demo alone."""

    __tablename__ = "sign_in_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    next_path: Mapped[str]
    locale: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    reusable: Mapped[bool] = mapped_column(default=False)


class Login(Base):
    """A signed-in browser: the cookie holds the token, this row only its hash."""

    __tablename__ = "logins"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    device: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Knock(Base):
    """One try at something limited (a sign-in mail, a code), counted per `door` and `who` (S17)."""

    __tablename__ = "knocks"

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str]
    who: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
