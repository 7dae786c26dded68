"""A person at a browser: opens, types, presses; every press is counted."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.served import Served, link_of


@dataclass
class Visitor:
    """One person with a browser of their own; `clicks` counts presses since the last page was opened."""

    served: Served
    page: Page
    name: str
    email: str
    clicks: int = 0
    troubles: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, browser: Browser, served: Served, name: str, email: str, *, javascript: bool) -> "Visitor":
        """Start a fresh browser profile; what its console complains of is kept in `troubles`."""
        context = browser.new_context(
            base_url=served.base, java_script_enabled=javascript, accept_downloads=True
        )
        context.set_default_timeout(15_000)
        visitor = cls(served, context.new_page(), name, email)
        visitor.page.on("pageerror", lambda error: visitor.troubles.append(str(error)))
        return visitor

    @property
    def path(self) -> str:
        """Where the browser stands, without the server."""
        return self.page.url.removeprefix(self.served.base)

    @property
    def text(self) -> str:
        """The words of the page's main part, spaces joined."""
        return " ".join(self.page.locator("main").inner_text().split())

    def open(self, address: str) -> "Visitor":
        """Type an address; counts no press."""
        answer = self.page.goto(address)
        assert answer is None or answer.ok, f"{address} answered {answer.status}"
        self.clicks = 0
        return self

    def open_mail(self, subject: str, containing: str, *, count: int = 1) -> "Visitor":
        """Open the link of one's newest mail whose subject begins so."""
        return self.open(link_of(self.served.mailbox.wait_for(self.email, subject, count=count), containing))

    def type(self, label: str, value: str, *, within: str = "main") -> "Visitor":
        """Fill the field of this label, choosing by value where it is a list."""
        control = labelled(self.page.locator(within), label)
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
        return self

    def tick(self, label: str, *, within: str = "main") -> "Visitor":
        """Choose a radio or a box."""
        self.page.locator(within).get_by_label(label).check()
        self.clicks += 1
        return self

    def attach(self, label: str, file: Path) -> "Visitor":
        """Choose a file."""
        labelled(self.page.locator("main"), label).set_input_files(file)
        return self

    def press(self, words: str, *, within: str = "main") -> "Visitor":
        """Press the one button that says exactly this, and wait for the page it leads to."""
        return self._press(self.page.locator(within).get_by_role("button", name=words, exact=True))

    def follow(self, words: str, *, within: str = "main") -> "Visitor":
        """Follow the one link that says exactly this."""
        return self._press(self.page.locator(within).get_by_role("link", name=words, exact=True))

    def unfold(self, words: str, *, within: str = "main") -> "Visitor":
        """Open what is folded away under these words."""
        self.page.locator(within).locator("summary", has_text=words).click()
        self.clicks += 1
        return self

    def sees(self, *words: str) -> "Visitor":
        """The page's main part says all of these."""
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)
        return self

    def download(self, words: str) -> bytes:
        """Press a link or a button that gives a file, and read it."""
        pressed = self.page.locator("main").get_by_text(words, exact=True)
        with self.page.expect_download() as waiting:
            pressed.click()
        self.clicks += 1
        return waiting.value.path().read_bytes()

    def leave(self) -> None:
        """Close the browser; nothing may have gone wrong in it."""
        self.page.context.close()
        assert self.troubles == []

    def _press(self, pressed: Locator) -> "Visitor":
        with self.page.expect_navigation(wait_until="load") as waiting:
            pressed.click()
        self.clicks += 1
        answer = waiting.value
        assert answer is None or answer.ok, f"{self.path} answered {answer.status}: {self.text}"
        return self


def labelled(place: Locator, label: str) -> Locator:
    """The one control with this label; that it is optional does not matter."""
    return place.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$"))
