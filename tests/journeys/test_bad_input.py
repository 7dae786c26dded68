"""Every field of every form of the story, filled in badly: a sentence, and what was typed stays.

What each room says in detail is told in its own tests, files of attendance among them.
"""

import re
from dataclasses import dataclass, field

import pytest

from tests.factories.accounts import sam
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import society
from tests.page import Page, PageClient
from webinar.accounts import service as accounts
from webinar.accounts.rules import TokenKind
from webinar.db.store import store
from webinar.sessions.models import Speaker

LONG = "word " * 2400
CONTROLS = "A\x00B\x07C\x1b[31m"
HTML = "<script>alert('1')</script><b>bold</b>"
HTML_EMAIL = "<script>alert(1)</script>@clinic.example"
BEYOND_EVERY_COUNT = "9" * 400


@dataclass(frozen=True)
class Place:
    """One form: where it stands (`{}` is the talk's token), where it posts to, and what fills it rightly."""

    path: str
    action: str
    rightly: dict[str, str] = field(default_factory=dict)


WHEN = {"starts_local": "2026-11-04T18:00", "zone_name": "Europe/Berlin", "minutes": "60"}
PROFILE = {"name": "Second Society", "zone_name": "Asia/Kathmandu", "contact_email": "desk@second.example"}
PLACES = {
    "sign in": Place("/sign-in", "/sign-in", {"email": "ada@clinic.example"}),
    "choices": Place("/me/settings", "/me/settings", {"name": "Sam Sato"}),
    "society": Place("/new", "/new", PROFILE | {"slug": "second"}),
    "profile": Place("/ens/settings/brand", "/brand"),
    "invite": Place("/ens/team", "/invite", {"name": "Olga", "email": "o@ens.example"}),
    "session": Place("/ens/sessions/new", "/new", WHEN | {"title": "Spine rounds"}),
    "series": Place(
        "/ens/series/new",
        "/new/dates",
        WHEN | {"title": "Spine rounds", "count": "4", "interval": "1", "do": "preview"},
    ),
    "words": Place("/ens/sessions/planned/edit", "/edit"),
    "time": Place("/ens/sessions/planned/time", "/time"),
    "link": Place("/ens/sessions/planned/link", "/link", {"url": "https://zoom.example/j/1"}),
    "speaker": Place("/ens/sessions/planned/edit", "/speakers", {"name": "Pia", "email": "p2@ens.example"}),
    "cancel": Place("/ens/sessions/planned/cancel", "/cancel", {"because": "The speaker is ill."}),
    "register": Place(
        "/s/planned/register", "/register", {"name": "Ada", "email": "ada@clinic.example", "country": "NP"}
    ),
    "answer": Place("/talk/{}", "/answer", {"answer": "other_time", "note": "A week later"}),
    "about": Place("/talk/{}", "/describe", {"name": "Pia"}),
    "interests": Place("/talk/{}", "/disclose", {"disclosure": "listed", "disclosure_text": "None of note"}),
}


@pytest.fixture
def desk(page: PageClient) -> PageClient:
    """Sam, admin of the society, with one draft and one published session named “planned”."""
    ens = society()
    draft(ens, title="Draft")
    speaker(session(ens, title="Planned"))
    return page.sign_in(sam())


def opened(desk: PageClient, place: Place) -> Page:
    talk = store.query(Speaker).one()
    return desk.get(place.path.format(accounts.token_of(TokenKind.TALK, talk.nonce)))


def form_of(found: Page, place: Place):
    """The form with fields to type in: some pages have buttons that post to the same address."""
    forms = [
        form
        for form in found.soup.find_all("form", method="post")
        if str(form.get("action")).partition("#")[0].endswith(place.action) and typed_fields(form)
    ]
    assert len(forms) == 1, f"{len(forms)} forms post to {place.action}"
    return forms[0]


def typed_fields(form) -> list[str]:
    """Names of what people type text into, guards apart; of the questions, which are all alike, the first."""
    kinds = {"text", "email", "tel", "url"}
    return [
        control["name"]
        for control in form.find_all(["input", "textarea"])
        if (control.name == "textarea" or control.get("type", "text") in kinds)
        and control.get("name") not in {"leave_empty", None}
        and not re.match("questions-[1-9]", control["name"])
    ]


def sent(found: Page, place: Place, **typed: str) -> Page:
    """The answer to the form as it stands on the opened page, filled in rightly but for `typed`."""
    form = form_of(found, place)
    return found.client.post(str(form["action"]), found.fields(form) | place.rightly | typed)


def refused(found: Page, place: Place, name: str, typed: str) -> tuple[str, str]:
    """The one sentence about one bad field, and what stays in it; all else that was typed stays."""
    answer = sent(found, place, **{name: typed})
    assert answer.status == 422, f"{name} of {place.path} took {typed[:40]!r}"
    assert len(answer.errors) == 1, f"{name} of {place.path}: {answer.errors}"
    kept = answer.fields(form_of(answer, place))
    others = {key: value for key, value in place.rightly.items() if key in kept and key != name}
    assert {key: kept[key] for key in others} == others
    return answer.errors[0], kept[name]


every_form = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
with_zone = pytest.mark.parametrize("name", ["choices", "society", "profile", "session", "series", "time"])
with_time = pytest.mark.parametrize("name", ["session", "series", "time"])


@every_form
def test_what_is_right_is_taken(desk, place):
    assert sent(opened(desk, place), place).status == 200


@every_form
def test_text_that_cannot_be_kept_gets_a_sentence_and_the_rest_stays(desk, place):
    found = opened(desk, place)
    for name in typed_fields(form_of(found, place)):
        for bad, begins in ((LONG, "word word"), (CONTROLS, "a")):
            sentence, kept = refused(found, place, name, bad)
            assert sentence.endswith((".", "?"))
            assert kept.lower().startswith(begins), f"{name} of {place.path} kept {kept[:40]!r}"


@every_form
def test_an_empty_form_says_what_is_missing(desk, place):
    found = opened(desk, place)
    form = form_of(found, place)
    fields = typed_fields(form)
    required = [name for name in fields if form.find(attrs={"name": name}).has_attr("required")]
    answer = sent(found, place, **dict.fromkeys(fields, ""))
    assert (answer.status == 422) is bool(answer.errors)
    assert len(answer.errors) >= len(required)


@every_form
def test_html_is_never_more_than_text(desk, place):
    found = opened(desk, place)
    for name in typed_fields(form_of(found, place)):
        answer = sent(found, place, **{name: HTML_EMAIL if "email" in name else HTML})
        assert answer.status in {200, 422}, f"{name} of {place.path}"
        assert "<script>alert" not in answer.response.get_data(as_text=True), f"{name} of {place.path}"


@with_zone
def test_a_zone_that_is_none_gets_a_sentence_and_stays(desk, name):
    found = opened(desk, PLACES[name])
    for typed in ("Mars/Olympus", "GMT+25:45", "'; DROP TABLE sessions; --", "../etc/passwd"):
        sentence, kept = refused(found, PLACES[name], "zone_name", typed)
        assert (sentence.startswith("We do not know this time zone."), kept) == (True, typed)


@with_time
def test_an_end_before_the_start_gets_a_sentence_and_stays(desk, name):
    found = opened(desk, PLACES[name])
    for typed in ("0", "-60", "1e3", "sixty", BEYOND_EVERY_COUNT, ""):
        assert refused(found, PLACES[name], "minutes", typed)[1] == typed


@with_time
def test_a_start_that_cannot_be_gets_a_sentence_and_stays(desk, name):
    found = opened(desk, PLACES[name])
    for typed in ("2026-02-30T18:00", "9999-12-31T23:59", "0001-01-01T00:00", "2026-11-04", ""):
        assert refused(found, PLACES[name], "starts_local", typed)[1] == typed
