"""Properties: what each place says of itself (RFC 4918 15, RFC 4791 5.2, RFC 5397, RFC 6578)."""

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from webinar.accounts.models import Person
from webinar.caldav.formats.answers import Properties
from webinar.caldav.formats.tree import Node, node
from webinar.caldav.port import Held
from webinar.caldav.rules.places import HOME_PATH, ROOT_PATH
from webinar.caldav.rules.tags import APPLE, CALENDARSERVER, cal, dav
from webinar.web import languages

COLOUR = "#2B5C8AFF"
CONTENT_TYPE = "text/calendar; charset=utf-8; component=vevent"
REPORTS = (cal("calendar-query"), cal("calendar-multiget"), dav("sync-collection"))

HIDDEN = frozenset(
    {
        cal("calendar-data"),
        cal("calendar-home-set"),
        cal("calendar-user-address-set"),
        cal("supported-calendar-component-set"),
        cal("supported-calendar-data"),
        cal("calendar-description"),
        dav("acl"),
        dav("current-user-principal"),
        dav("current-user-privilege-set"),
        dav("owner"),
        dav("principal-URL"),
        dav("principal-collection-set"),
        dav("sync-token"),
        dav("supported-report-set"),
    }
)
"""Properties that `allprop` leaves out, as their RFCs ask."""


def root(person: Person) -> Properties:
    """The principal: who it is, and where their calendars are."""
    return _by_tag(
        node(dav("resourcetype"), node(dav("collection")), node(dav("principal"))),
        node(dav("displayname"), person.name),
        node(dav("principal-URL"), _href(ROOT_PATH)),
        node(cal("calendar-home-set"), _href(HOME_PATH)),
        node(cal("calendar-user-address-set"), _href(f"mailto:{person.email}")),
        node(dav("supported-report-set")),
        *_common(),
    )


def home(person: Person) -> Properties:
    """The folder of calendars."""
    with force_locale(_locale(person)):
        name = _("Calendars")
    return _by_tag(
        node(dav("resourcetype"), node(dav("collection"))),
        node(dav("displayname"), name),
        node(dav("supported-report-set")),
        *_common(),
    )


def collection(person: Person, token: str) -> Properties:
    """The calendar, as it is under a sync token."""
    with force_locale(_locale(person)):
        name, about = _("My sessions"), _("The sessions that you have a seat at.")
    reports = [node(dav("supported-report"), node(dav("report"), node(report))) for report in REPORTS]
    return _by_tag(
        node(dav("resourcetype"), node(dav("collection")), node(cal("calendar"))),
        node(dav("displayname"), name),
        node(cal("calendar-description"), about),
        node(f"{{{CALENDARSERVER}}}getctag", token),
        node(dav("sync-token"), token),
        node(f"{{{APPLE}}}calendar-color", COLOUR),
        Node(
            cal("supported-calendar-component-set"),
            children=[Node(cal("comp"), attributes={"name": "VEVENT"})],
        ),
        Node(
            cal("supported-calendar-data"),
            children=[
                Node(cal("calendar-data"), attributes={"content-type": "text/calendar", "version": "2.0"})
            ],
        ),
        node(dav("supported-report-set"), *reports),
        *_common(),
    )


def resource(held: Held, data: Callable[[], bytes] | None = None) -> Properties:
    """One event; `data` writes its bytes, for those who ask for them."""
    have = [
        node(dav("resourcetype")),
        node(dav("getetag"), f'"{held.etag}"'),
        node(dav("getcontenttype"), CONTENT_TYPE),
        node(dav("getlastmodified"), http_date(held.changed_at)),
        node(dav("supported-report-set")),
        *_common(),
    ]
    if data is not None:
        body = data()
        have += [
            node(cal("calendar-data"), body.decode()),
            node(dav("getcontentlength"), str(len(body))),
        ]
    return _by_tag(*have)


def http_date(at: datetime) -> str:
    """An aware UTC instant as HTTP writes it."""
    return format_datetime(at, usegmt=True)


def _common() -> list[Node]:
    privileges = [
        node(dav("privilege"), node(tag)) for tag in (dav("read"), dav("read-current-user-privilege-set"))
    ]
    return [
        node(dav("current-user-principal"), _href(ROOT_PATH)),
        node(dav("principal-collection-set"), _href(ROOT_PATH)),
        node(dav("owner"), _href(ROOT_PATH)),
        node(dav("current-user-privilege-set"), *privileges),
    ]


def _href(path: str) -> Node:
    return node(dav("href"), path)


def _by_tag(*nodes: Node) -> Properties:
    return {each.tag: each for each in nodes}


def _locale(person: Person) -> str:
    return languages.known(person.locale) or languages.DEFAULT
