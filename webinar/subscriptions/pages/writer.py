"""What all bytes of feeds depend on beside their rows."""

import hashlib
from functools import lru_cache

from webinar.config import settings
from webinar.timekeeping.zones import release
from webinar.web import languages

WRITER = 2
"""Raised whenever the same rows come out as other bytes, so that nothing kept before is served."""


def writer() -> str:
    """The mark of everything that is kept: writer, zone data, addresses, catalogues of words."""
    known = settings()
    return _mark(release(), known.base_url, known.mail_domain, known.secret_key)


@lru_cache(maxsize=16)
def _mark(tzdata: str, base_url: str, mail_domain: str, secret_key: str) -> str:
    mark = hashlib.sha256(repr((WRITER, tzdata, base_url, mail_domain)).encode())
    # Links in personal feeds are derived from the key.
    mark.update(hashlib.sha256(secret_key.encode()).digest())
    for catalogue in sorted(languages.TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo")):
        mark.update(catalogue.read_bytes())
    return mark.hexdigest()[:16]
