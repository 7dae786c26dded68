"""Mail addresses as calendars and mails write them, brought to the one form in which we compare them."""

from collections.abc import Iterable
from urllib.parse import unquote

from webinar.accounts.rules import normal_email

_SCHEME = "mailto:"
LONGEST = 320


def normal(written: str) -> str:
    """An address trimmed, in lower case, without scheme, query and brackets; "" for what is none.

    The domain is in ASCII, whichever way it was written.
    """
    address = written.strip().strip("<>").strip()
    if address[: len(_SCHEME)].lower() == _SCHEME:
        address = unquote(address[len(_SCHEME) :]).partition("?")[0]
    local, at, domain = normal_email(address).rpartition("@")
    if not (local and at and domain) or len(address) > LONGEST or set(address) & set(' \t\r\n\0<>"(),:;'):
        return ""
    try:
        f"{local}{domain}".encode()
    except UnicodeEncodeError:
        return ""
    return f"{local}@{_ascii(domain)}"


def spellings(addresses: Iterable[str]) -> set[str]:
    """The addresses, and those with a domain in other scripts as people type them too."""
    return {spelling for address in addresses for spelling in (address, _readable(address))}


def domain_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain


def _readable(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode().decode('idna')}"
    except UnicodeError:
        return address
