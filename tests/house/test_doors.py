"""Every endpoint has a guard or stands on the short public list; a society's desk is nowhere for others."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from werkzeug.routing import Rule

from tests.factories.accounts import ada, olga, person
from tests.factories.societies import member, society
from webinar.db.store import store
from webinar.sessions.rules.start import When
from webinar.sessions.service import draft as drafts
from webinar.sessions.service.draft import Draft
from webinar.societies.models import Role

PUBLIC = {
    "accounts.open_link": "the mailed token is the key",
    "accounts.sent": "says where to look for the link",
    "accounts.sign_in": "the way in",
    "accounts.sign_out": "ends the caller's own login, if there is one",
    "caldav.well_known": "says where the calendars are, nothing else",
    "calendars.inbound": "asks for its own secret of the settings",
    "certificates.choose": "the ticket's token is the key",
    "certificates.look_up": "the form that leads to a certificate's public page",
    "certificates.own": "the ticket's token is the key",
    "certificates.own_pdf": "the ticket's token is the key",
    "certificates.pdf": "the certificate's code is the key",
    "certificates.rename": "the ticket's token is the key",
    "certificates.verify": "anybody may check a certificate by its code",
    "demo.mail": "exists in the demo only",
    "demo.mail_file": "exists in the demo only",
    "demo.mail_html": "exists in the demo only",
    "demo.mails": "exists in the demo only",
    "desk.healthz": "for the machine's keeper; tells nothing",
    "desk.metrics": "asks for its own bearer token",
    "desk.readyz": "for the machine's keeper; tells nothing",
    "feeds.invite": "the ticket's token is the key",
    "feeds.personal": "the feed's token is the key",
    "feeds.series": "a series' published sessions",
    "feeds.series_news": "a series' published sessions",
    "feeds.session": "a published session",
    "feeds.society": "a society's published sessions",
    "feeds.society_news": "a society's published sessions",
    "lobby.card": "a published session as text",
    "lobby.help": "help for all",
    "lobby.zones": "cities and their clocks",
    "lobby.home": "the front page",
    "lobby.programme": "a society's published sessions",
    "lobby.series": "a series' published sessions",
    "lobby.session": "a published session's page",
    "lobby.society": "a society's front page",
    "materials.download": "slides of a published session",
    "materials.own": "the talk's token is the key",
    "materials.talk": "the talk's token is the key",
    "materials.test": "the talk's token is the key",
    "materials.upload": "the talk's token is the key",
    "materials.withdraw": "the talk's token is the key",
    "registration.register": "registering needs no account",
    "registration.sent": "reveals nothing about any seat",
    "scheduling.answer": "the poll's token is the key",
    "sessions.answer": "the talk's token is the key",
    "sessions.consent": "the talk's token is the key",
    "sessions.describe": "the talk's token is the key",
    "sessions.disclose": "the talk's token is the key",
    "societies.accept": "the invitation's token is the key",
    "societies.brand_css": "colours of public pages",
}
"""Endpoints without a guard, each with its reason."""

WITHOUT_FORM = {"calendars.inbound": "a mail server posts there, and brings the secret of the settings"}
"""Unsafe doors that no browser uses."""

UNKNOWN = {"token": "nobody-was-ever-given-this-one", "code": "AAAA-BBBB-CCCC", "session": "no-such-session"}
EVENING = When(datetime.fromisoformat("2026-10-14T18:00"), "Europe/Berlin", 60)


@pytest.fixture
def doors(app) -> list[tuple[str, Rule]]:
    """Every method of every rule."""
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods or ())
        if method in {"GET", "POST"}
    ]


@pytest.fixture
def desks(app, doors) -> list[tuple[str, Rule]]:
    """The doors of societies' desks."""
    return [(method, rule) for method, rule in doors if guard(app, rule) in {"organiser", "admin"}]


def guard(app, rule: Rule) -> str | None:
    """Whom the endpoint's guard lets in; None: it has no guard."""
    return getattr(app.view_functions[rule.endpoint], "guarded_by", None)


def address(rule: Rule, **known: str) -> str:
    """The rule's path, with the names given, and names of nothing elsewhere."""
    return re.sub(r"<(?:(\w+):)?(\w+)>", lambda found: _value(*found.groups(), known), rule.rule)


def _value(converter: str | None, name: str, known: dict[str, str]) -> str:
    return "987654" if converter == "int" else {**UNKNOWN, "format": "csv", **known}.get(name, "nothing")


def knock(page, method: str, path: str):
    """Ask for a path as a browser would, with a form's token that is in order."""
    if method == "GET":
        return page.raw(path)
    token = page.get("/sign-in").soup.find("input", attrs={"name": "csrf_token"})["value"]
    return page.raw(path, method="POST", data={"csrf_token": token})


def answers(page, doors: list[tuple[str, Rule]], **known: str) -> Iterator[tuple[str, str, int, str]]:
    for method, rule in doors:
        response = knock(page, method, address(rule, **known))
        yield method, rule.rule, response.status_code, response.headers.get("Location", "")


def other_society():
    """A society of others with a session, and nothing that Olga may see."""
    stranger = person("otto@other.example", "Otto Other")
    other = society("other", founder=stranger)
    made = drafts.draft(other, stranger, Draft(title="Theirs"), EVENING)
    store.commit()
    return other, made


def test_every_endpoint_is_guarded_or_public_for_a_reason(app):
    unguarded = {rule.endpoint for rule in app.url_map.iter_rules() if guard(app, rule) is None}
    assert sorted(unguarded - PUBLIC.keys()) == []


def test_the_public_list_names_no_endpoint_that_is_gone_or_guarded(app):
    unguarded = {rule.endpoint for rule in app.url_map.iter_rules() if guard(app, rule) is None}
    assert sorted(PUBLIC.keys() - unguarded) == []


def test_whatever_stands_below_a_society_is_guarded_by_a_role_or_only_read(app, doors):
    open_posts = [rule.rule for method, rule in doors
                  if method == "POST" and rule.rule.startswith("/<slug>/") and guard(app, rule) is None]  # fmt: skip
    assert open_posts == []


def test_strangers_are_asked_to_sign_in_at_every_guarded_door(app, page, doors):
    society("ens")
    guarded = [
        (method, rule) for method, rule in doors if guard(app, rule) in {"signed_in", "organiser", "admin"}
    ]
    let_in = [
        (method, rule, status)
        for method, rule, status, location in answers(page, guarded, slug="ens")
        if status != 303 or not location.startswith("/sign-in?next=")
    ]
    assert let_in == []


def test_the_desk_of_another_society_is_not_there(page, desks):
    other, theirs = other_society()
    member(society("ens"), olga(), Role.ADMIN)
    page.sign_in(olga())
    seen = [door for door in answers(page, desks, slug=other.slug, session=theirs.slug) if door[2] != 404]
    assert seen == []


def test_a_session_of_another_society_is_not_on_ones_own_desk(page, desks):
    _, theirs = other_society()
    member(society("ens"), olga(), Role.ADMIN)
    page.sign_in(olga())
    own = [(method, rule) for method, rule in desks if "<session>" in rule.rule]
    seen = [door for door in answers(page, own, slug="ens", session=theirs.slug) if door[2] != 404]
    assert seen == []


def test_the_desk_is_not_there_for_people_without_a_role(page, desks):
    society("ens")
    page.sign_in(ada())
    assert [door for door in answers(page, desks, slug="ens") if door[2] != 404] == []


def test_admins_doors_are_not_there_for_organisers(app, page, desks):
    member(society("ens"), olga(), Role.ORGANISER)
    page.sign_in(olga())
    admins = [(method, rule) for method, rule in desks if guard(app, rule) == "admin"]
    assert [door for door in answers(page, admins, slug="ens") if door[2] != 404] == []


def test_a_token_that_nobody_was_given_opens_nothing(page, doors):
    tokens = [(method, rule) for method, rule in doors if "<token>" in rule.rule]
    opened = [door for door in answers(page, tokens) if door[2] not in {404, 409, 410}]
    assert opened == []


def test_every_unsafe_door_asks_for_its_forms_token(app, page, doors):
    society("ens")
    unsafe = [rule for method, rule in doors if method == "POST" and rule.endpoint not in WITHOUT_FORM]
    taken = [
        rule.rule for rule in unsafe if page.raw(address(rule, slug="ens"), method="POST").status_code != 400
    ]
    assert taken == []


def test_the_demos_pages_are_not_there_in_production(app, page):
    app.extensions["webinar.settings"].mode = "production"
    shown = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("demo.")
             and page.raw(address(rule)).status_code != 404]  # fmt: skip
    assert shown == []
