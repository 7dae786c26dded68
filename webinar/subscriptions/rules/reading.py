"""Who may read a secret feed: the one decision that the door and the pages share."""

from datetime import datetime, timedelta
from enum import StrEnum

READ_AGAIN = timedelta(minutes=5)


class Standing(StrEnum):
    """What an address is: in use, replaced by its owner (410), or nobody's (404)."""

    LIVE = "live"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


def standing(*, is_known: bool, is_revoked: bool) -> Standing:
    """The standing of a token of a feed, looked up by its fingerprint; the page answers what is not live."""
    if not is_known:
        return Standing.UNKNOWN
    return Standing.REVOKED if is_revoked else Standing.LIVE


def should_note_reading(last_read_at: datetime | None, now: datetime) -> bool:
    """Whether a reading is worth a write: once per five minutes. Both aware UTC."""
    return last_read_at is None or now - last_read_at >= READ_AGAIN
