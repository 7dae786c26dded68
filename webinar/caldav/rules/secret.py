"""App passwords: 140 random bits, written so that they can be typed on a phone."""

import re
import secrets
from datetime import datetime, timedelta

from webinar.accounts.rules import fingerprint

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_LENGTH, _GROUP = 28, 4
USED_AGAIN = timedelta(minutes=5)
MOST = 20


def fresh_secret() -> str:
    """A new app password, in groups of four."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def stored_form(typed: str) -> str:
    """What is stored of an app password: a hash, the same however it was typed.

    So many random bits need no salt and no slow hash.
    """
    return fingerprint("caldav:" + re.sub(r"[\s-]", "", typed).lower())


def worth_noting(last_used_at: datetime | None, now: datetime) -> bool:
    """Whether a use at `now` is worth a write: once per five minutes."""
    return last_used_at is None or now - last_used_at >= USED_AGAIN
