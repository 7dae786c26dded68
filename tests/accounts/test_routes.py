"""Signing in by a mailed link, as a person does it."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

from tests.factories.accounts import olga
from webinar.accounts import guards
from webinar.db.store import store


def link_in(carrier) -> str:
    """The link of the last mail's text part."""
    message = message_from_bytes(carrier.sent[-1][1], policy=policy.default)
    return re.search(r"http://webinar\.test(\S+)", message.get_body(("plain",)).get_content())[1]


def ask(page, email="olga@ens.example", path="/sign-in"):
    return page.get(path).submit("/sign-in", email=email)


def test_a_mailed_link_signs_in_after_one_press(page, carrier, work):
    ask(page, path="/sign-in?next=/me/settings")
    work()
    opened = page.get(link_in(carrier))
    assert opened.heading == "Sign in"
    assert opened.submit().heading == "My settings"


def test_opening_the_link_alone_signs_nobody_in(page, carrier, work):
    ask(page)
    work()
    page.get(link_in(carrier))
    assert page.get("/me/settings").heading == "Sign in"


def test_a_link_works_once(page, carrier, work):
    ask(page, path="/sign-in?next=/me/settings")
    work()
    path = link_in(carrier)
    page.get(path).submit()
    spent = page.get(path, status=409)
    assert spent.heading == "This link is spent"


def test_a_link_dies_after_ten_minutes(page, carrier, work, clock):
    ask(page)
    work()
    clock.shift(timedelta(minutes=10))
    assert page.get(link_in(carrier), status=409).heading == "This link is spent"


def test_known_and_unknown_addresses_get_the_same_answer(page):
    olga()
    assert ask(page, "olga@ens.example").text == ask(page, "stranger@else.example").text


def test_a_wrong_address_is_answered_with_a_sentence_and_kept(page):
    answer = ask(page, "olga at ens")
    assert answer.status == 422
    assert answer.fields(answer.form("/sign-in"))["email"] == "olga at ens"
    assert len(answer.errors) == 1


def test_the_sixth_mail_within_an_hour_is_refused(page):
    for _ in range(5):
        ask(page)
    assert "too often" in ask(page).text


def test_signing_out_ends_the_login_on_the_server(page):
    page.sign_in(olga())
    cookie = page.http.get_cookie(guards.cookie_name(), domain="webinar.test").value
    page.get("/me/settings").submit("/sign-out")
    page.http.set_cookie(guards.cookie_name(), cookie, domain="webinar.test")
    assert page.get("/me/settings").heading == "Sign in"


def test_next_never_leads_away(page, carrier, work):
    ask(page, path="/sign-in?next=https://evil.example/")
    work()
    answer = page.get(link_in(carrier)).form()
    response = page.raw(
        str(answer["action"]),
        method="POST",
        data=page.get(link_in(carrier)).fields(page.get(link_in(carrier)).form()),
    )
    assert response.headers["Location"] == "/"


def test_one_can_choose_zone_and_language(page):
    person = olga()
    page.sign_in(person)
    saved = page.get("/me/settings").submit("/me/settings", zone_name="Asia/Kathmandu")
    assert "Saved" in saved.text
    store.expire_all()
    assert person.zone_name == "Asia/Kathmandu"


def test_the_language_on_offer_is_the_one_the_page_is_read_in(page):
    page.sign_in(olga())
    settings = page.get("/me/settings?lang=es")
    assert settings.fields(settings.form("/me/settings"))["locale"] == "es"
    plain = page.get("/me/settings?lang=en")
    assert plain.fields(plain.form("/me/settings"))["locale"] == "en"
