"""News of a society or series, for feed readers: Atom (RFC 4287) and JSON Feed 1.1."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from sqlalchemy import Row

from webinar.calendars.ics.event import CalendarEvent, Status
from webinar.plaintext import clean_text, one_line
from webinar.subscriptions.pages.events import event_of_row, written
from webinar.subscriptions.queries import events
from webinar.subscriptions.queries.events import Owner
from webinar.subscriptions.rules.variant import Variant
from webinar.subscriptions.rules.window import Window

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 100
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class News:
    """What a feed of news says of itself; all addresses are whole."""

    title: str
    about: str
    author: str
    page_url: str
    own_url: str
    locale: str


@dataclass(frozen=True)
class Entry:
    """One session as news: `id` stays for ever, `changed_at` is its last change."""

    id: str
    url: str
    title: str
    text: str
    topic: str
    published_at: datetime
    changed_at: datetime


def entries_of(owner: Owner, span: Window, variant: Variant) -> list[Entry]:
    """A scope's sessions as news, what changed last first."""
    rows = events.rows(owner, span, events.listed(owner, span))
    made = (
        written(owner.kind, row, lambda row: _entry(row, event_of_row(owner.kind, row, variant)))
        for row in rows
    )
    found = [entry for entry in made if entry]
    found.sort(key=lambda entry: (entry.changed_at, entry.id), reverse=True)
    return found[:MOST_ENTRIES]


def atom(news: News, entries: Sequence[Entry]) -> bytes:
    """The news as Atom."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": news.locale.replace("_", "-")})
    _put(feed, "id", news.own_url)
    _put(feed, "title", news.title)
    if news.about:
        _put(feed, "subtitle", news.about)
    _put(feed, "updated", _instant(max((entry.changed_at for entry in entries), default=NEVER)))
    ElementTree.SubElement(
        feed, "link", {"rel": "self", "type": "application/atom+xml", "href": news.own_url}
    )
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": news.page_url})
    _put(ElementTree.SubElement(feed, "author"), "name", news.author)
    for each in entries:
        entry = ElementTree.SubElement(feed, "entry")
        _put(entry, "id", each.id)
        _put(entry, "title", each.title)
        _put(entry, "updated", _instant(each.changed_at))
        _put(entry, "published", _instant(each.published_at))
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": each.url})
        if each.topic:
            ElementTree.SubElement(entry, "category", {"term": _xml(each.topic)})
        _put(entry, "summary", each.text)
    written = str(ElementTree.tostring(feed, encoding="unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def json_feed(news: News, entries: Sequence[Entry]) -> bytes:
    """The news as JSON Feed 1.1."""
    found: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": news.title,
        "home_page_url": news.page_url,
        "feed_url": news.own_url,
        "description": news.about,
        "language": news.locale.replace("_", "-"),
        "authors": [{"name": news.author, "url": news.page_url}],
        "items": [
            {
                "id": each.id,
                "url": each.url,
                "title": each.title,
                "content_text": each.text,
                "date_published": _instant(each.published_at),
                "date_modified": _instant(each.changed_at),
                **({"tags": [each.topic]} if each.topic else {}),
            }
            for each in entries
        ],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _entry(row: Row[*tuple[Any, ...]], event: CalendarEvent) -> Entry:
    text = event.description
    if event.status is not Status.CANCELLED and event.location:
        text = f"{event.location}\n\n{text}"
    return Entry(
        id=f"tag:{event.uid.rpartition('@')[2]},{row.created_at:%Y-%m-%d}:{event.uid.rpartition('@')[0]}",
        url=event.url,
        title=one_line(event.summary),
        text=clean_text(text),
        topic=one_line(row.topic),
        published_at=row.published_at,
        changed_at=row.changed_at,
    )


def _put(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _xml(text)


def _xml(text: str) -> str:
    """`text` without the few signs that XML 1.0 cannot hold even escaped."""
    return "".join(sign for sign in text if sign not in "\ufffe\uffff" and not "\ud800" <= sign <= "\udfff")


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
