"""Sync tokens: how far a program has followed a collection (RFC 6578 4)."""

import re

_TOKEN = re.compile(r"(.*)/dav/sync/(\d{1,18})-(\d{1,18})", re.ASCII)


def token(base_url: str, owner_id: int, version: int) -> str:
    """The token of a version, as an address; nothing is served there."""
    return f"{base_url}/dav/sync/{owner_id}-{version}"


def version_of(text: str, base_url: str, owner_id: int, present: int) -> int | None:
    """The version that a program's token stands for; None if it is no token of this collection.

    A version above `present` was given out before the database was restored from a backup.
    """
    found = _TOKEN.fullmatch(text.strip())
    if found is None or found[1] != base_url or int(found[2]) != owner_id:
        return None
    version = int(found[3])
    return version if version <= present else None
