"""App passwords: made by name of a device, shown once, revoked one by one, noted when used."""

from datetime import datetime

from sqlalchemy import or_, select, update

from webinar.accounts.models import Person
from webinar.caldav.models import AppPassword
from webinar.caldav.queries import passwords as queries
from webinar.caldav.rules.secret import MOST, USED_AGAIN, fresh_secret, stored_form
from webinar.db.store import store
from webinar.plaintext import one_line
from webinar.refusal import Refusal
from webinar.timekeeping import clock


class TooManyPasswords(Refusal):
    """Somebody has as many app passwords as anybody may have."""


def make(person: Person, device: str) -> str:
    """A new app password of `person` for the program they call `device`: the secret, never told again.

    Raises TooManyPasswords.
    """
    store.scalar(select(Person.id).where(Person.id == person.id).with_for_update())
    if queries.count_of(person.id) >= MOST:
        raise TooManyPasswords(
            "You have %(most)s app passwords. Please take back one that you no longer use.", most=MOST
        )
    secret = fresh_secret()
    store.add(
        AppPassword(
            person_id=person.id,
            device=one_line(device),
            token_hash=stored_form(secret),
            created_at=clock.now(),
        )
    )
    store.flush()
    return secret


def revoke(person: Person, password_id: int) -> AppPassword:
    """Let one of somebody's app passwords open nothing more; harmless twice. Raises Missing."""
    found = queries.own(person.id, password_id)
    found.revoked_at = found.revoked_at or clock.now()
    return found


def note_use(password_id: int, now: datetime) -> None:
    """Remember that an app password was used at `now` (aware UTC), at most every five minutes."""
    stale = or_(AppPassword.last_used_at.is_(None), AppPassword.last_used_at <= now - USED_AGAIN)
    store.execute(update(AppPassword).where(AppPassword.id == password_id, stale).values(last_used_at=now))
