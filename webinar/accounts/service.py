"""Making people known, letting them in by a mailed link, and keeping their choices."""

from dataclasses import dataclass
from datetime import timedelta

from webinar.accounts import queries
from webinar.accounts.facts import PersonSaved
from webinar.accounts.models import Knock, Login, Person, SignInLink
from webinar.accounts.rules import (
    SIGN_IN_LINK_LIVES,
    TokenKind,
    derive,
    fingerprint,
    fresh_nonce,
    is_over,
    link_opens,
    login_ends_at,
    normal_email,
)
from webinar.config import settings
from webinar.db.store import insert_once, store
from webinar.outbox import service as outbox
from webinar.plaintext import one_line
from webinar.refusal import Missing, Refusal
from webinar.timekeeping import clock

SEEN_AGAIN = timedelta(minutes=5)
DEMO_LINK_LIVES = timedelta(days=30)


class LinkSpent(Refusal):
    """A sign-in link that was used or has expired."""


class TooOften(Refusal):
    """Somebody tried the same door too often."""

    status = 429


@dataclass(frozen=True)
class SignedIn:
    """A fresh login: the cookie's token, and where the person wanted to go."""

    person: Person
    token: str
    next_path: str


def token_of(kind: TokenKind, nonce: str) -> str:
    """The derived token of a stored nonce, under this installation's key."""
    return derive(settings().secret_key, kind, nonce)


def minted(kind: TokenKind) -> tuple[str, str]:
    """A fresh nonce with the hash of its token, ready to be stored."""
    nonce = fresh_nonce()
    return nonce, fingerprint(token_of(kind, nonce))


def known_person(email: str, name: str, *, country: str | None = None, locale: str | None = None) -> Person:
    """The person of an address; made known if new. What is already known is never overwritten."""
    values = {
        "email": normal_email(email),
        "name": one_line(name),
        "country": country,
        "locale": locale,
        "nonce": fresh_nonce(),
        "created_at": clock.now(),
    }
    insert_once(Person, values, ["email"])
    found = queries.person_by_email(email)
    if found is None:
        raise Missing
    return found


def knock(door: str, who: str, *, most: int, within: timedelta) -> None:
    """Count one try of `who` at `door`; raises TooOften when `most` tries fell within `within`."""
    since = clock.now() - within
    if is_over(queries.knocks_since(door, who, since), most):
        minutes = int(within.total_seconds() // 60)
        raise TooOften(
            "That was tried too often. Please wait %(minutes)s minutes and try again.", minutes=minutes
        )
    store.add(Knock(door=door, who=who, at=clock.now()))
    store.flush()


def ask_to_sign_in(email: str, *, next_path: str = "/", locale: str = "en") -> SignInLink:
    """Mail a link that signs in the holder of `email`; known and unknown addresses alike."""
    knock("sign-in", normal_email(email), most=5, within=timedelta(hours=1))
    link = _link(email, next_path, locale, SIGN_IN_LINK_LIVES)
    outbox.post("mail.sign_in", f"mail:sign_in:{link.id}", {"link_id": link.id})
    return link


def demo_link(email: str, *, next_path: str) -> str:
    """A sign-in link that opens many times, for the demo's people only; returns its path."""
    if settings().mode == "production":
        raise Missing
    link = _link(email, next_path, "en", DEMO_LINK_LIVES, reusable=True)
    return f"/sign-in/{token_of(TokenKind.SIGN_IN, link.nonce)}"


def _link(email: str, next_path: str, locale: str, lives: timedelta, *, reusable: bool = False) -> SignInLink:
    nonce, token_hash = minted(TokenKind.SIGN_IN)
    now = clock.now()
    link = SignInLink(
        email=normal_email(email),
        nonce=nonce,
        token_hash=token_hash,
        next_path=next_path,
        locale=locale,
        created_at=now,
        expires_at=now + lives,
        reusable=reusable,
    )
    store.add(link)
    store.flush()
    return link


def open_link(token: str) -> SignInLink:
    """The live link of a token, unused; raises LinkSpent. Changes nothing."""
    link = queries.sign_in_link(token)
    if link is None or not link_opens(clock.now(), link.expires_at, link.used_at, reusable=link.reusable):
        raise LinkSpent(
            "This sign-in link was used or has expired. Ask for a fresh one below; it takes a minute."
        )
    return link


def sign_in(token: str, *, device: str = "") -> SignedIn:
    """Use a mailed link: the address is proved, a new login begins. Raises LinkSpent."""
    link = open_link(token)
    link.used_at = clock.now()
    person = known_person(link.email, link.email.partition("@")[0])
    return SignedIn(person, begin_login(person, device), link.next_path)


def begin_login(person: Person, device: str = "") -> str:
    """Begin a login for somebody who has just proved their address; returns the cookie's token."""
    now = clock.now()
    person.verified_at = person.verified_at or now
    token = token_of(TokenKind.LOGIN, fresh_nonce())
    store.add(
        Login(
            person_id=person.id,
            token_hash=fingerprint(token),
            device=one_line(device)[:120],
            created_at=now,
            last_seen_at=now,
            expires_at=login_ends_at(now),
        )
    )
    store.flush()
    return token


def touch(login: Login) -> bool:
    """Note that a login is in use, at most every five minutes; whether anything was written."""
    now = clock.now()
    if now - login.last_seen_at < SEEN_AGAIN:
        return False
    login.last_seen_at = now
    return True


def sign_out(token: str) -> None:
    """End the login of a cookie; harmless twice."""
    login = queries.login(token)
    if login is not None and login.ended_at is None:
        login.ended_at = clock.now()


def choose(person: Person, name: str, zone_name: str | None, locale: str) -> None:
    """Keep a person's own name, zone (None: the event's) and language."""
    person.name = one_line(name)
    person.zone_name = zone_name
    person.locale = locale
    outbox.note(PersonSaved(person.id))
