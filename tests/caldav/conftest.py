"""Ada has a seat and a program with an app password; what it sees of the server."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.factories.accounts import ada
from tests.factories.registration import open_session, seat
from webinar.caldav.service import passwords
from webinar.db.store import transaction

GOLDEN = Path(__file__).parents[1] / "golden" / "dav"
HOME, COLLECTION = "/dav/calendars/", "/dav/calendars/personal/"
NS = {
    "D": "DAV:",
    "C": "urn:ietf:params:xml:ns:caldav",
    "CS": "http://calendarserver.org/ns/",
    "A": "http://apple.com/ns/ical/",
}


@dataclass
class Seen:
    """One response of a multistatus: properties under 200, tags under 404, or a status of its own."""

    properties: dict[str, ElementTree.Element]
    missing: list[str]
    status: str

    def text(self, name: str) -> str:
        return "".join(self.properties[name].itertext())


def short(tag: str) -> str:
    """A tag with the prefix of its namespace."""
    space, _, name = tag[1:].partition("}")
    prefixes = {uri: prefix for prefix, uri in NS.items()}
    return f"{prefixes.get(space, space)}:{name}"


class Program:
    """A calendar program of somebody's."""

    def __init__(self, page, user: str, secret: str) -> None:
        self.page, self.auth = page, (user, secret)

    def ask(self, method: str, path: str, body: str = "", **headers: str):
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.page.raw(
            path, method=method, data=body, auth=self.auth, content_type="text/xml; charset=utf-8",
            headers=given,
        )  # fmt: skip

    def see(self, method: str, path: str, body: str = "", **headers: str) -> dict[str, Seen]:
        """The responses of a multistatus, by href."""
        answer = self.ask(method, path, body, **headers)
        assert (answer.status_code, answer.mimetype) == (207, "application/xml"), answer.text
        return seen(answer.data)

    def sync(self, token: str = "", limit: int | None = None) -> tuple[dict[str, str], str]:
        """ETag or status by href, and the next token."""
        most = f"<limit><nresults>{limit}</nresults></limit>" if limit else ""
        body = (
            f'<sync-collection xmlns="DAV:"><sync-token>{token}</sync-token><sync-level>1</sync-level>'
            f"{most}<prop><getetag/></prop></sync-collection>"
        )
        answer = self.ask("REPORT", COLLECTION, body)
        assert answer.status_code == 207, answer.text
        token = ElementTree.fromstring(answer.data).findtext("D:sync-token", namespaces=NS)
        found = seen(answer.data)
        return {href: each.status or each.text("D:getetag") for href, each in found.items()}, token


def seen(body: bytes) -> dict[str, Seen]:
    found = {}
    for response in ElementTree.fromstring(body).findall("D:response", NS):
        parts = {
            part.findtext("D:status", namespaces=NS).split(" ")[1]: part.find("D:prop", NS)
            for part in response.findall("D:propstat", NS)
        }
        href = response.findtext("D:href", namespaces=NS)
        assert href not in found
        found[href] = Seen(
            {short(each.tag): each for each in parts.get("200", ())},
            [short(each.tag) for each in parts.get("404", ())],
            (response.findtext("D:status", namespaces=NS) or "  ").split(" ")[1],
        )
    return found


def golden(name: str, **values: str) -> str:
    """A request as a real program sends it."""
    text = (GOLDEN / f"{name}.xml").read_text()
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text


@pytest.fixture
def flow(app):
    return open_session(title="Flow diverters")


@pytest.fixture
def held(flow):
    return seat(flow)


@pytest.fixture
def secret(held) -> str:
    with transaction():
        return passwords.make(ada(), "My phone")


@pytest.fixture
def phone(page, secret) -> Program:
    return Program(page, "ada@clinic.example", secret)


@pytest.fixture
def href(flow) -> str:
    return COLLECTION + flow.uid.replace("@", "%40") + ".ics"
