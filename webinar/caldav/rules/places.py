"""Places: the addresses below /dav/, from path to meaning and back."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote, urlsplit

ROOT_PATH = "/dav/"
HOME_PATH = "/dav/calendars/"
COLLECTION_PATH = "/dav/calendars/personal/"

_PLAIN = re.compile(r"(?!x-)[A-Za-z0-9][A-Za-z0-9._@+-]{0,199}", re.ASCII)


class Kind(StrEnum):
    """What stands at an address; the root is the person's principal too."""

    ROOT = "root"
    HOME = "home"
    COLLECTION = "collection"
    RESOURCE = "resource"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Place:
    """An address below /dav/; `name` is the file name of a resource."""

    kind: Kind
    name: str = ""


def file_name(uid: str) -> str:
    """The name of an event's resource: its UID, or a hash of one that proxies or programs might bend."""
    if _PLAIN.fullmatch(uid):
        return f"{uid}.ics"
    return f"x-{hashlib.sha256(uid.encode()).hexdigest()[:40]}.ics"


def place_of(path: str) -> Place:
    """What a decoded path means; collections also without their slash."""
    folders = {ROOT_PATH: Kind.ROOT, HOME_PATH: Kind.HOME, COLLECTION_PATH: Kind.COLLECTION}
    kind = folders.get(path if path.endswith("/") else f"{path}/")
    if kind is not None:
        return Place(kind)
    name = path.removeprefix(COLLECTION_PATH)
    if name == path or "/" in name or not name.endswith(".ics"):
        return Place(Kind.NOWHERE)
    return Place(Kind.RESOURCE, name)


def href(place: Place) -> str:
    """The canonical, percent-encoded path of a place. Raises KeyError for nowhere."""
    if place.kind is Kind.RESOURCE:
        return COLLECTION_PATH + quote(place.name, safe="")
    return {Kind.ROOT: ROOT_PATH, Kind.HOME: HOME_PATH, Kind.COLLECTION: COLLECTION_PATH}[place.kind]


def href_of(uid: str) -> str:
    """The path of an event's resource."""
    return href(Place(Kind.RESOURCE, file_name(uid)))


def place_at(reference: str) -> Place:
    """What a program's href means, whether a path or a whole address (RFC 4918 8.3)."""
    try:
        return place_of(unquote(urlsplit(reference.strip()).path))
    except ValueError:
        return Place(Kind.NOWHERE)
