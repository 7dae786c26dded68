"""Links: add one event to a web calendar, or subscribe to a feed, without a file."""

from urllib.parse import quote, urlencode

from webinar.calendars.ics.address import web
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.instants import in_utc, utc
from webinar.calendars.ics.unwritable import Unwritable
from webinar.plaintext import clean_text, one_line
from webinar.timekeeping.zones import canonical

NOTES_LIMIT = 800
"""Characters of description in a link: mail clients and proxies cut addresses at a few thousand."""

LINE_LIMIT = 200
"""Characters of title and place in a link."""

FEED_LIMIT = 256
"""Characters of a feed's whole address; Google subscribes to nothing longer and does not say so."""


def google(event: CalendarEvent) -> str:
    """Google Calendar's form for a new event, filled in. Raises Unwritable, UnknownZone."""
    query = {
        "action": "TEMPLATE",
        "text": _title(event),
        "dates": f"{utc(event.start_at)}/{utc(event.end_at)}",
        "details": _notes(event),
        "location": _place(event),
        "ctz": canonical(event.zone_name) if event.zone_name else "",
    }
    return _link("https://calendar.google.com/calendar/render", query)


def outlook(event: CalendarEvent) -> str:
    """Outlook.com's form for a new event, filled in. Raises Unwritable."""
    return _link("https://outlook.live.com/calendar/0/deeplink/compose", _outlook_query(event))


def office(event: CalendarEvent) -> str:
    """Office 365's form for a new event, filled in. Raises Unwritable."""
    return _link("https://outlook.office.com/calendar/0/deeplink/compose", _outlook_query(event))


def yahoo(event: CalendarEvent) -> str:
    """Yahoo Calendar's form for a new event, filled in. Raises Unwritable."""
    query = {
        "v": "60",
        "title": _title(event),
        "st": utc(event.start_at),
        "et": utc(event.end_at),
        "desc": _notes(event),
        "in_loc": _place(event),
    }
    return _link("https://calendar.yahoo.com/", query)


def webcal(feed_url: str) -> str:
    """The webcal:// form of a feed's https address, which opens Apple Calendar and Thunderbird."""
    return "webcal://" + _feed(feed_url).removeprefix("https://")


def google_subscription(feed_url: str) -> str:
    """Google Calendar's page to subscribe to a feed."""
    return _link("https://calendar.google.com/calendar/r", {"cid": webcal(feed_url)})


def outlook_subscription(feed_url: str, name: str) -> str:
    """Outlook.com's page to subscribe to a feed: https, because it rejects webcal."""
    return _link(
        "https://outlook.live.com/calendar/0/addfromweb", {"url": _feed(feed_url), "name": _short(name)}
    )


def office_subscription(feed_url: str, name: str) -> str:
    """Office 365's page to subscribe to a feed."""
    return _link(
        "https://outlook.office.com/calendar/0/addfromweb", {"url": _feed(feed_url), "name": _short(name)}
    )


def _outlook_query(event: CalendarEvent) -> dict[str, str]:
    return {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": _title(event),
        "startdt": f"{in_utc(event.start_at):%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{in_utc(event.end_at):%Y-%m-%dT%H:%M:%SZ}",
        "body": _notes(event),
        "location": _place(event),
    }


def _title(event: CalendarEvent) -> str:
    return _short(event.summary)


def _place(event: CalendarEvent) -> str:
    """The place, with the whole join link after it."""
    if not event.join_url:
        return _short(event.location)
    return " – ".join(part for part in (_short(event.location), web(event.join_url)) if part)


def _notes(event: CalendarEvent) -> str:
    """The description, shortened if need be, with the whole join link and page address after it."""
    text = clean_text(event.description).strip()
    if len(text) > NOTES_LIMIT:
        text = text[: NOTES_LIMIT - 1].rstrip() + "…"
    addresses = [web(url) for url in (event.join_url, event.url) if url]
    missing = [url for url in dict.fromkeys(addresses) if url not in text.splitlines()]
    return "\n\n".join(part for part in (text, *missing) if part)


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LINE_LIMIT else line[: LINE_LIMIT - 1].rstrip() + "…"


def _feed(feed_url: str) -> str:
    address = web(feed_url)
    if not address.startswith("https://") or len(address) > FEED_LIMIT:
        raise Unwritable(f"A feed's address starts with https:// and has at most {FEED_LIMIT} characters.")
    return address


def _link(base: str, query: dict[str, str]) -> str:
    """`base` with `query`, empty values left out; a space is %20, because Outlook shows a plus sign."""
    return f"{base}?{urlencode({k: v for k, v in query.items() if v}, quote_via=quote, safe='')}"
