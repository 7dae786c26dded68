"""Finding people, their links and logins; by hash, never by comparing tokens."""

from datetime import datetime

from sqlalchemy import func, select

from webinar.accounts.models import Knock, Login, Person, SignInLink
from webinar.accounts.rules import fingerprint, normal_email
from webinar.db.store import store


def person(person_id: int) -> Person | None:
    """The person of an id."""
    return store.get(Person, person_id)


def person_by_email(address: str) -> Person | None:
    """The person of an address, however it is written."""
    return store.scalar(select(Person).where(Person.email == normal_email(address)))


def sign_in_link(token: str) -> SignInLink | None:
    """The link that a presented token opens."""
    return store.scalar(select(SignInLink).where(SignInLink.token_hash == fingerprint(token)))


def login(token: str) -> Login | None:
    """The login whose cookie holds `token`, live or not."""
    return store.scalar(select(Login).where(Login.token_hash == fingerprint(token)))


def knocks_since(door: str, who: str, since: datetime) -> int:
    """How often `who` tried `door` since an instant."""
    counted = select(func.count()).where(Knock.door == door, Knock.who == who, Knock.at >= since)
    return store.scalar(counted) or 0
