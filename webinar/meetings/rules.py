"""Where a join link leads, and which addresses may be a room."""

from typing import Protocol
from urllib.parse import urlsplit

from webinar.refusal import Invalid

LONGEST_URL = 2000


class HasAddresses(Protocol):
    """What a room is to the decision: its address, its backup, and which of both is in use."""

    @property
    def url(self) -> str: ...
    @property
    def backup_url(self) -> str: ...
    @property
    def on_backup(self) -> bool: ...


def join_target(room: HasAddresses) -> str:
    """The address that everybody's join link leads to now."""
    return room.backup_url if room.on_backup and room.backup_url else room.url


def checked_url(typed: str, field: str) -> str:
    """A room's address, as typed but for blanks around it. Raises Invalid with `field`.

    Only https, so that nobody on the way reads or changes it; no name and password inside (they would
    stand in every mail).
    """
    url = typed.strip()
    if not url or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise Invalid("Please paste the whole link, without blanks, such as https://zoom.us/j/123.", field)
    if len(url) > LONGEST_URL:
        raise Invalid(f"This link is longer than {LONGEST_URL} characters. Please check it.", field)
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise Invalid("This link cannot be read. Please copy it again from your meeting.", field) from None
    if parts.scheme.lower() != "https":
        raise Invalid("The link must start with https://, so that nobody on the way can change it.", field)
    if not host or "." not in host.strip("."):
        raise Invalid("This link has no server name. Please copy it again from your meeting.", field)
    if parts.username or parts.password:
        raise Invalid("This link holds a user name or password. Please use one without.", field)
    return url
