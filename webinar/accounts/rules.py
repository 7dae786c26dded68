"""Tokens, addresses and the limits of signing in: pure decisions."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

SIGN_IN_LINK_LIVES = timedelta(minutes=10)
LOGIN_IDLE = timedelta(hours=12)
LOGIN_LIVES = timedelta(days=14)


class TokenKind(StrEnum):
    """What a token opens: one kind, one door (S10). The value is the token's visible prefix."""

    SIGN_IN = "si"
    INVITATION = "iv"
    LOGIN = "lg"
    AGENDA = "me"
    TALK = "tk"
    TICKET = "ti"
    JOIN = "jn"
    FEED = "wf"
    POLL = "pl"
    OPEN_POLL = "po"
    REPLY = "rp"
    SERIES = "sr"


def fresh_nonce() -> str:
    """256 random bits as text: the seed of one derived token, or a token by itself."""
    return secrets.token_urlsafe(32)


def derive(secret_key: str, kind: TokenKind, nonce: str) -> str:
    """The token of `kind` that belongs to `nonce`: 256 bits that only the holder of the key can make.

    Deriving lets a later mail repeat a link of which only the hash is stored.
    """
    mark = hmac.new(secret_key.encode(), f"{kind.value}:{nonce}".encode(), hashlib.sha256).digest()
    return f"{kind.value}_{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def fingerprint(token: str) -> str:
    """What is stored of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_kind(token: str, kind: TokenKind) -> bool:
    """Whether a presented token claims to be of `kind`."""
    return token.startswith(f"{kind.value}_")


def normal_email(address: str) -> str:
    """An address as stored and compared: trimmed and lower case."""
    return address.strip().lower()


def is_over(count: int, most: int) -> bool:
    """Whether one more try would exceed the limit."""
    return count >= most


def login_ends_at(created_at: datetime) -> datetime:
    """The latest instant a login lives, however much it is used."""
    return created_at + LOGIN_LIVES


def login_holds(
    now: datetime, last_seen_at: datetime, expires_at: datetime, ended_at: datetime | None
) -> bool:
    """Whether a login still opens anything at `now`: not ended, not idle for 12 h, not past 14 days."""
    return ended_at is None and now < expires_at and now - last_seen_at < LOGIN_IDLE


def link_opens(now: datetime, expires_at: datetime, used_at: datetime | None, *, reusable: bool) -> bool:
    """Whether a sign-in link still works at `now`."""
    return now < expires_at and (reusable or used_at is None)
