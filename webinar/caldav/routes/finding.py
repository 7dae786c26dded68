"""PROPFIND: the properties of a place, and of what lies in it."""

from collections.abc import Iterator
from functools import partial

from webinar.caldav.formats import requests
from webinar.caldav.formats.answers import Properties, found_at, multistatus
from webinar.caldav.pages import properties
from webinar.caldav.port import Held
from webinar.caldav.routes.shelf import Shelf
from webinar.caldav.rules.asking import Wanted
from webinar.caldav.rules.places import COLLECTION_PATH, HOME_PATH, ROOT_PATH, Kind, Place, href_of
from webinar.caldav.rules.tags import dav

Described = Iterator[tuple[str, Properties]]


def found(shelf: Shelf, place: Place, body: bytes, *, with_children: bool) -> bytes:
    """The answer to a PROPFIND of depth 0, or of depth 1 `with_children`. Raises Refused."""
    wanted = requests.propfind(body)
    described = _itself(shelf, place, wanted)
    children = _children(shelf, place, wanted) if with_children else ()
    return multistatus(
        found_at(href, known, wanted, properties.HIDDEN) for href, known in (*described, *children)
    )


def _itself(shelf: Shelf, place: Place, wanted: Wanted) -> Described:
    if place.kind is Kind.ROOT:
        yield ROOT_PATH, properties.root(shelf.person)
    elif place.kind is Kind.HOME:
        yield HOME_PATH, properties.home(shelf.person)
    elif place.kind is Kind.COLLECTION:
        yield COLLECTION_PATH, properties.collection(shelf.person, shelf.token)
    else:
        yield _resource(shelf, shelf.held(place.name), wanted)


def _children(shelf: Shelf, place: Place, wanted: Wanted) -> Described:
    if place.kind is Kind.ROOT:
        yield from _itself(shelf, Place(Kind.HOME), wanted)
    elif place.kind is Kind.HOME:
        yield from _itself(shelf, Place(Kind.COLLECTION), wanted)
    elif place.kind is Kind.COLLECTION:
        yield from (_resource(shelf, held, wanted) for held in shelf.all.values())


def _resource(shelf: Shelf, held: Held, wanted: Wanted) -> tuple[str, Properties]:
    """An event; its length only if asked for by name, since it must be written for that."""
    data = partial(shelf.body, held.uid) if dav("getcontentlength") in wanted.tags else None
    known = properties.resource(held, data)
    return href_of(held.uid), {tag: each for tag, each in known.items() if not tag.endswith("calendar-data")}
