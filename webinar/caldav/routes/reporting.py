"""REPORT: events by filter, by name, or as they changed since a sync token."""

from collections.abc import Iterable
from functools import partial
from http import HTTPStatus

from webinar.caldav.formats import requests
from webinar.caldav.formats.answers import found_at, multistatus, status_of
from webinar.caldav.formats.tree import Node
from webinar.caldav.pages import properties
from webinar.caldav.port import Held
from webinar.caldav.routes.shelf import Shelf
from webinar.caldav.rules.asking import Multiget, Query, SyncRequest, Wanted
from webinar.caldav.rules.matching import matches
from webinar.caldav.rules.places import COLLECTION_PATH, Kind, file_name, href_of, place_at
from webinar.caldav.rules.refused import Refused
from webinar.caldav.rules.tags import cal, dav
from webinar.caldav.rules.tokens import version_of
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.resource import in_utc_times, resource
from webinar.config import settings

MOST_CHANGES = 5000
_CUT = dav("number-of-matches-within-limits")


def reported(shelf: Shelf, body: bytes) -> bytes:
    """The answer to a REPORT on the collection. Raises Refused."""
    asked = requests.report(body)
    if isinstance(asked, Query):
        return _query(shelf, asked)
    if isinstance(asked, Multiget):
        return _multiget(shelf, asked)
    return _sync(shelf, asked)


def _query(shelf: Shelf, asked: Query) -> bytes:
    held = list(shelf.all.values()) if asked.filter.takes_events else []
    events = (
        shelf.events(held) if asked.filter.span or asked.filter.texts or _needs_data(asked.wanted) else None
    )
    if events is not None:
        held = [each for each in held if each.uid in events and matches(events[each.uid], asked.filter)]
    shown = held[: asked.most]
    cut = [_too_many()] if len(shown) < len(held) else []
    return multistatus([*_found(shown, events or {}, asked.wanted), *cut])


def _multiget(shelf: Shelf, asked: Multiget) -> bytes:
    places = {href: place_at(href) for href in asked.hrefs}
    held = {
        href: shelf.all[place.name]
        for href, place in places.items()
        if place.kind is Kind.RESOURCE and place.name in shelf.all
    }
    events = shelf.events(held.values()) if _needs_data(asked.wanted) else {}
    found = _found(dict.fromkeys(held.values()), events, asked.wanted)
    gone = [status_of(href, HTTPStatus.NOT_FOUND) for href in places if href not in held]
    return multistatus([*found, *gone])


def _sync(shelf: Shelf, asked: SyncRequest) -> bytes:
    since = 0
    if asked.token:
        known = version_of(asked.token, settings().base_url, shelf.person.id, shelf.version)
        if known is None:
            raise Refused(403, dav("valid-sync-token"))
        since = known
    most = min(asked.most or MOST_CHANGES, MOST_CHANGES)
    changes = [each for each in shelf.source.changes(since, most + 1) if each.version <= shelf.version]
    shown = changes[:most]
    held = [
        shelf.all[file_name(each.uid)]
        for each in shown
        if not each.is_gone and file_name(each.uid) in shelf.all
    ]
    events = shelf.events(held) if _needs_data(asked.wanted) else {}
    there = {each.uid for each in held}
    # To who asks for the first time, what has left is no news.
    left = [each.uid for each in shown if each.uid not in there] if asked.token else []
    gone = [status_of(href_of(uid), HTTPStatus.NOT_FOUND) for uid in left]
    is_cut = len(shown) < len(changes)
    token = shelf.token_of(shown[-1].version) if is_cut else shelf.token
    cut = [_too_many()] if is_cut else []
    return multistatus([*_found(held, events, asked.wanted), *gone, *cut], token)


def _needs_data(wanted: Wanted) -> bool:
    return bool({cal("calendar-data"), dav("getcontentlength")} & set(wanted.tags))


def _found(held: Iterable[Held], events: dict[str, CalendarEvent], wanted: Wanted) -> list[Node]:
    responses = []
    for each in held:
        event = events.get(each.uid) if _needs_data(wanted) else None
        data = partial(_written, event, wanted) if event else None
        known = properties.resource(each, data)
        responses.append(found_at(href_of(each.uid), known, wanted, properties.HIDDEN))
    return responses


def _written(event: CalendarEvent, wanted: Wanted) -> bytes:
    return resource(in_utc_times(event) if wanted.utc_span else event)


def _too_many() -> Node:
    return status_of(COLLECTION_PATH, HTTPStatus.INSUFFICIENT_STORAGE, _CUT)
