"""A browser without JavaScript for tests: follows links, fills forms, and checks every page it gets."""

import gzip
from contextvars import Context
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from webinar.accounts import guards
from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.db.store import store

PUBLIC_HTML_BUDGET = 14 * 1024
DESK_HTML_BUDGET = 40 * 1024


@dataclass
class Page:
    """One fetched page: its answer, its parsed tree, and what can be done on it."""

    client: "PageClient"
    response: TestResponse
    path: str
    soup: BeautifulSoup = field(init=False)

    def __post_init__(self) -> None:
        self.soup = BeautifulSoup(self.response.get_data(as_text=True), "html.parser")

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """The words of the page, with spaces joined."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def heading(self) -> str:
        found = self.soup.find("h1")
        return " ".join(found.get_text(" ").split()) if found else ""

    @property
    def errors(self) -> list[str]:
        """The sentences that say what is wrong with the form's fields."""
        return [" ".join(tag.get_text(" ").split()) for tag in self.soup.select(".err")]

    def form(self, action: str | None = None) -> Tag:
        """The form that posts to an address containing `action`, or the only posting form."""
        forms = [
            form
            for form in self.soup.find_all("form")
            if str(form.get("method", "get")).lower() == "post"
            and (action is None or action in str(form.get("action") or self.path))
        ]
        assert len(forms) == 1, f"{len(forms)} forms post to {action!r} on {self.path}"
        return forms[0]

    def fields(self, form: Tag) -> dict[str, Any]:
        """What a browser would send of a form as it stands."""
        values: dict[str, Any] = {}
        for control in form.find_all(["input", "select", "textarea"]):
            name = control.get("name")
            if name:
                _collect(values, str(name), control)
        return values

    def submit(self, action: str | None = None, /, **typed: Any) -> "Page":
        """Fill the form and press its button; follows the redirect. None leaves a field out."""
        form = self.form(action)
        values = self.fields(form)
        unknown = set(typed) - {
            str(c.get("name")) for c in form.find_all(["input", "select", "textarea", "button"])
        }
        assert not unknown, f"the form has no field {unknown}"
        values |= typed
        target = urljoin(self.path, _action(form, typed) or self.path)
        multipart = form.get("enctype") == "multipart/form-data"
        return self.client.post(
            target, {k: v for k, v in values.items() if v is not None}, multipart=multipart
        )

    def follow(self, words: str) -> "Page":
        """Follow the one link with these words."""
        links = [a for a in self.soup.find_all("a") if words in " ".join(a.get_text(" ").split())]
        targets = {str(a["href"]) for a in links}
        assert len(targets) == 1, f"{len(targets)} links say {words!r} on {self.path}: {targets}"
        return self.client.get(urljoin(self.path, targets.pop()))


def _action(form: Tag, typed: dict[str, Any]) -> str:
    """Where a form is sent: where the pressed button says, if its name and value were given, else its own."""
    for button in form.find_all("button", formaction=True):
        if typed.get(str(button.get("name"))) == button.get("value"):
            return str(button["formaction"])
    return str(form.get("action") or "")


def _collect(values: dict[str, Any], name: str, control: Tag) -> None:
    kind = str(control.get("type", "text")).lower()
    if kind in {"submit", "button", "file", "image"} or control.has_attr("disabled"):
        return
    if kind in {"checkbox", "radio"}:
        if control.has_attr("checked"):
            _add(values, name, str(control.get("value", "on")))
    elif control.name == "select":
        options = control.find_all("option")
        chosen = [o for o in options if o.has_attr("selected")] or (
            [] if control.has_attr("multiple") else options[:1]
        )
        for option in chosen:
            _add(values, name, str(option.get("value", option.get_text())))
    else:
        _add(
            values,
            name,
            control.get_text().replace("\r\n", "\n").removeprefix("\n")
            if control.name == "textarea"
            else str(control.get("value", "")),
        )


def _add(values: dict[str, Any], name: str, value: str) -> None:
    if name in values:
        values[name] = [*values[name], value] if isinstance(values[name], list) else [values[name], value]
    else:
        values[name] = value


class PageClient:
    """Fetches pages of the application and refuses those that break the house's rules for pages."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = app.test_client()

    def sign_in(self, person: Person) -> "PageClient":
        """Sign a person in, as if they had used a mailed link a moment ago."""
        token = accounts.begin_login(person, "test")
        store.commit()
        self.http.set_cookie(guards.cookie_name(), token, domain="webinar.test")
        return self

    def sign_out(self) -> "PageClient":
        self.http.delete_cookie(guards.cookie_name(), domain="webinar.test")
        return self

    def get(self, path: str, *, status: int = 200, follow: bool = True) -> Page:
        """Fetch a page, follow redirects, check the result."""
        response = self.raw(path, follow_redirects=follow)
        return self._checked(response, status)

    def post(self, path: str, data: dict[str, Any], *, multipart: bool = False) -> Page:
        """Post a form, follow the redirect, check the page; any status is the test's to judge."""
        response = self.raw(
            path,
            method="POST",
            data=data,
            follow_redirects=True,
            content_type="multipart/form-data" if multipart else None,
        )
        return self._checked(response, None)

    def raw(self, path: str, **options: Any) -> TestResponse:
        """Fetch something that is no page: a feed, a file, a redirect.

        Each request runs in a fresh context, as on a server: nothing of the test's own leaks in,
        and the test's open transaction ends first, so that it blocks nobody.
        """
        store.commit()
        fetch = partial(self.http.open, _path(path), base_url="http://webinar.test", **options)
        return Context().run(fetch)

    def _checked(self, response: TestResponse, status: int | None) -> Page:
        path = response.request.path
        if status is not None:
            assert response.status_code == status, f"{path} answered {response.status_code}"
        found = Page(self, response, path)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303}:
            check_page(found)
        return found


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def check_page(page: Page) -> None:
    """House rules of every page: titled, labelled, unique ids, nothing inline, guarded forms, light."""
    soup = page.soup
    assert len(soup.find_all("title")) == 1, f"{page.path}: one title"
    assert len(soup.find_all("h1")) == 1, f"{page.path}: one h1"
    html = soup.find("html")
    assert html and html.get("lang") and html.get("dir"), f"{page.path}: language and direction"
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), (
        f"{page.path}: ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    )
    _check_labels(page)
    _check_nothing_inline(page)
    for form in soup.find_all("form", method=lambda m: m and m.lower() == "post"):
        assert form.get("action"), f"{page.path}: a form without action"
        assert form.find("input", attrs={"name": "csrf_token"}), f"{page.path}: a form without CSRF token"
    budget = DESK_HTML_BUDGET if soup.find("nav", class_="desknav") else PUBLIC_HTML_BUDGET
    weight = len(gzip.compress(page.response.get_data()))
    assert weight <= budget, f"{page.path}: {weight} bytes gzipped, budget {budget}"


def _check_labels(page: Page) -> None:
    labelled = {str(label.get("for")) for label in page.soup.find_all("label")}
    for control in page.soup.find_all(["input", "select", "textarea"]):
        if str(control.get("type", "")).lower() in {"hidden", "submit", "button"}:
            continue
        named = control.get("id") in labelled or control.find_parent("label") or control.get("aria-label")
        assert named or control.get("aria-labelledby"), f"{page.path}: no label for {control.get('name')}"


def _check_nothing_inline(page: Page) -> None:
    for tag in page.soup.find_all(True):
        assert not tag.has_attr("style"), f"{page.path}: inline style on {tag.name}"
        handlers = [name for name in tag.attrs if name.startswith("on")]
        assert not handlers, f"{page.path}: inline script on {tag.name}"
    assert not page.soup.find_all("style"), f"{page.path}: inline stylesheet"
    for script in page.soup.find_all("script"):
        data = script.get("type") in {"application/ld+json", "application/json"}
        assert script.get("src") or data, f"{page.path}: inline script"
