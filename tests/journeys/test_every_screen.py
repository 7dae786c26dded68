"""Each screen of the story, from one demo: fits a small phone, passes axe, complains of nothing, is light."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tools.screenshots import SCREENS, demo, resolved

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PUBLIC_BYTES, PUBLIC_REQUESTS, PUBLIC_SCRIPT, DESK_SCRIPT = 30 * 1024, 3, 6 * 1024, 20 * 1024

ALL = [(who, name) for who, screens in SCREENS.items() for name in screens]
PUBLIC = [name for who, name in ALL if who == "" and name != "mails"]


@dataclass
class Watched:
    """A page and what its browser had to say and to fetch since the last `fresh`."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", lambda answer: self.answers.append(answer))

    def _hear(self, message) -> None:
        # A page that is missing on purpose is reported by the browser as an error too.
        if message.type in {"error", "warning"} and "404" not in message.text:
            self.complaints.append(message.text)

    def open(self, address: str) -> Page:
        self.complaints.clear()
        self.answers.clear()
        self.page.goto(address, wait_until="load")
        return self.page


@dataclass
class Rooms:
    """The demo's links and one signed-in browser per person, kept for all tests."""

    browser: Browser
    links: dict[str, str]
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def of(self, who: str) -> BrowserContext:
        if who not in self.contexts:
            context = self.browser.new_context(
                viewport={"width": 320, "height": 800}, reduced_motion="reduce"
            )
            if who:
                page = context.new_page()
                page.goto(self.links[who])
                page.click("main button")
                page.close()
            self.contexts[who] = context
        return self.contexts[who]

    def address(self, who: str, name: str) -> str:
        return resolved(SCREENS[who][name], self.links)


@pytest.fixture(scope="module")
def rooms(chromium: Browser) -> Iterator[Rooms]:
    with demo() as links:
        yield Rooms(chromium, links)


@pytest.fixture
def watched(rooms: Rooms, who: str) -> Iterator[Watched]:
    page = rooms.of(who).new_page()
    yield Watched(page)
    page.close()


@pytest.mark.parametrize(("who", "name"), ALL)
def test_a_screen_fits_320_pixels_passes_axe_in_both_themes_and_complains_of_nothing(
    rooms, watched, who, name
):
    page = watched.open(rooms.address(who, name))
    assert watched.complaints == []
    assert overflow(page) == 0
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert (theme, violations(page)) == (theme, [])
    page.emulate_media(color_scheme="light")
    watched.open(in_arabic(rooms.address(who, name)))
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert overflow(page) == 0
    assert violations(page) == []
    watched.open(rooms.address("", "home") + "?lang=en")


@pytest.mark.parametrize("who", [""])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_screen_is_light_at_first_sight(rooms, name, who):
    context = rooms.browser.new_context()
    watched = Watched(context.new_page())
    watched.open(rooms.address("", name))
    weights = {
        answer.url: len(gzip.compress(answer.body()))
        for answer in watched.answers
        if answer.ok or answer.status == 404
    }
    scripts = sum(weight for url, weight in weights.items() if url.partition("?")[0].endswith(".js"))
    context.close()
    assert len(weights) <= PUBLIC_REQUESTS
    assert sum(weights.values()) <= PUBLIC_BYTES
    assert scripts <= PUBLIC_SCRIPT


@pytest.mark.parametrize(("who", "name"), [(who, name) for who, name in ALL if who in {"organiser", "admin"}])
def test_an_organisers_script_stays_within_its_budget(rooms, who, name):
    context = rooms.browser.new_context(storage_state=rooms.of(who).storage_state())
    watched = Watched(context.new_page())
    watched.open(rooms.address(who, name))
    scripts = [answer for answer in watched.answers if answer.request.resource_type == "script"]
    weight = sum(len(gzip.compress(answer.body())) for answer in scripts)
    context.close()
    assert weight <= DESK_SCRIPT


def test_registering_needs_no_mouse(rooms):
    context = rooms.browser.new_context()
    page = context.new_page()
    page.goto(rooms.links["register"])
    type_into(page, "Name as it should appear on your certificate", "Kim Key")
    type_into(page, "Email", "kim@keys.example")
    type_into(page, "Country", "Nepal")
    while focused(page) != "Register and get my link":
        page.keyboard.press("Tab")
        if focused(page) not in {"Register and get my link"}:
            answer_in_passing(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("You are registered")
    context.close()


@pytest.mark.parametrize("address", ["session", "verify"])
def test_a_page_prints_on_paper(rooms, address):
    context = rooms.browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(rooms.links[address])
    printed = page.pdf(format="A4")
    context.close()
    assert printed.startswith(b"%PDF-")
    assert 1 <= printed.count(b"/Type /Page\n") <= 4


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("() => Math.max(0, document.scrollingElement.scrollWidth - window.innerWidth)")


def violations(page: Page) -> list[str]:
    """What axe finds, each with its first place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:150]}: {each['nodes'][0]['failureSummary']}"
        for each in found
    ]


def in_arabic(address: str) -> str:
    """The same page in a language written from right to left."""
    return f"{address}{'&' if '?' in address else '?'}lang=ar"


def focused(page: Page) -> str:
    """What has the focus: the label of a field, else the words of a link or button."""
    return page.evaluate(
        "() => { const one = document.activeElement;"
        " const named = one.labels && one.labels.length ? one.labels[0] : one;"
        " return named.innerText.replace(' (optional)', '').trim(); }"
    )


def type_into(page: Page, label: str, words: str) -> None:
    """Tab on until the field of this label has the focus, then type."""
    for _press in range(80):
        if focused(page) == label:
            page.keyboard.type(words)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {label!r}")


def answer_in_passing(page: Page) -> None:
    """Answer a question of the session's own, whatever its kind."""
    kind = page.evaluate("() => document.activeElement.type || ''")
    if kind == "radio":
        page.keyboard.press("Space")
    elif kind in {"text", "textarea"}:
        page.keyboard.type("An answer")
