"""App passwords: whom one opens, and which ones a person has."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from webinar.accounts.models import Person
from webinar.accounts.rules import normal_email
from webinar.caldav.models import AppPassword
from webinar.caldav.rules.secret import stored_form
from webinar.db.store import store
from webinar.refusal import Missing


def opened_by(email: str, secret: str) -> AppPassword | None:
    """The live app password of an address, with its person; None for any other pair."""
    found = (
        select(AppPassword)
        .join(AppPassword.person)
        .where(
            AppPassword.token_hash == stored_form(secret),
            AppPassword.revoked_at.is_(None),
            Person.email == normal_email(email),
        )
    )
    return store.scalar(found.options(joinedload(AppPassword.person)))


def live_of(person_id: int) -> Sequence[AppPassword]:
    """Somebody's app passwords that open something, newest first."""
    live = select(AppPassword).where(AppPassword.person_id == person_id, AppPassword.revoked_at.is_(None))
    return store.scalars(live.order_by(AppPassword.id.desc())).all()


def count_of(person_id: int) -> int:
    """How many of them there are."""
    live = select(func.count()).where(AppPassword.person_id == person_id, AppPassword.revoked_at.is_(None))
    return store.scalar(live) or 0


def own(person_id: int, password_id: int) -> AppPassword:
    """One of somebody's app passwords, revoked ones too. Raises Missing."""
    found = store.scalar(
        select(AppPassword).where(AppPassword.id == password_id, AppPassword.person_id == person_id)
    )
    if found is None:
        raise Missing
    return found
