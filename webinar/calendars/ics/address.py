"""Web and mail addresses as they may stand in a calendar file: by allow-list, never as typed (S6)."""

import re
from urllib.parse import quote, urlsplit

from webinar.calendars.ics.unwritable import Unwritable

_ASCII_WEB = re.compile(r"https?://[A-Za-z0-9\[][!#-;=?-\[\]_a-z~]*", re.ASCII)
_MAIL = re.compile(r"[^\s\x00-\x20\x7f-\x9f<>\"(),:;\[\]\\@]+@[^\s\x00-\x20\x7f-\x9f<>\"(),:;\[\]\\@]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_KEPT = "!#$%&'()*+,/:;=?@[]~"
_PARTS = ("path", "query", "fragment")


def web(url: str) -> str:
    """`url` in ASCII, http or https: the host by IDNA, the rest percent-encoded. Raises Unwritable."""
    url = url.strip()
    if _ASCII_WEB.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        netloc = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except (UnicodeError, ValueError):
        raise _no_web_address(url) from None
    encoded = parts._replace(netloc=netloc, **{p: quote(getattr(parts, p), _KEPT) for p in _PARTS}).geturl()
    if not parts.netloc or _CONTROL.search(url) or not _ASCII_WEB.fullmatch(encoded):
        raise _no_web_address(url)
    return encoded


def mailto(address: str) -> str:
    """`address` as a mailto URI (RFC 5545 3.3.3). Raises Unwritable for anything but one plain address."""
    if not _MAIL.fullmatch(address) or _CONTROL.search(address):
        raise Unwritable(f"{address[:80]!r} is not a mail address.")
    return f"mailto:{address}"


def _no_web_address(url: str) -> Unwritable:
    return Unwritable(f"{url[:80]!r} is not a web address that starts with https:// or http://.")
