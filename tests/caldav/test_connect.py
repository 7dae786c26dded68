"""The page where people connect their calendar."""

import pytest

from tests.caldav.conftest import Program
from tests.factories.accounts import ada, olga
from webinar.caldav.queries import passwords as queries
from webinar.caldav.service import passwords
from webinar.db.store import store, transaction


@pytest.fixture
def my(page):
    return page.sign_in(ada())


def test_ada_finds_the_page_from_her_agenda_and_her_settings(my):
    for path in ("/me", "/me/settings"):
        assert my.get(path).follow("Connect your calendar").heading == "Connect your calendar"


def test_the_page_says_address_and_user_name(my):
    text = my.get("/me/calendars").text
    assert "http://webinar.test/dav/" in text
    assert "ada@clinic.example" in text


def test_an_app_password_is_shown_once_and_opens_the_calendar(my):
    made = my.get("/me/calendars").submit("/me/calendars", device="My phone")
    secret = made.soup.find("code").get_text()
    assert made.response.headers["Cache-Control"] == "private, no-store"
    assert secret not in my.get("/me/calendars").text
    assert secret not in {each.token_hash for each in queries.live_of(ada().id)}
    assert Program(my, "ada@clinic.example", secret).ask("PROPFIND", "/dav/").status_code == 207
    assert "My phone Last used" in my.get("/me/calendars").text


def test_a_program_needs_a_name(my):
    refused = my.get("/me/calendars").submit("/me/calendars", device="  ")
    assert (refused.status, len(refused.errors)) == (422, 1)
    assert list(queries.live_of(ada().id)) == []


def test_each_app_password_is_taken_back_alone(my):
    with transaction():
        for device in ("My phone", "Laptop"):
            passwords.make(ada(), device)
    phone = queries.live_of(ada().id)[1]
    after = my.get("/me/calendars").submit(f"/{phone.id}/revoke")
    assert "My phone can read your calendar no more." in after.text
    assert [each.device for each in queries.live_of(ada().id)] == ["Laptop"]


def test_nobody_takes_back_what_is_anothers(my):
    with transaction():
        passwords.make(olga(), "Olga’s phone")
    [theirs] = queries.live_of(olga().id)
    token = my.get("/me/calendars").form("/me/calendars").find("input")["value"]
    answer = my.post(f"/me/calendars/{theirs.id}/revoke", {"csrf_token": token})
    store.expire_all()
    assert (answer.status, theirs.revoked_at) == (404, None)


def test_there_is_an_end_to_app_passwords(app):
    with transaction():
        for number in range(20):
            passwords.make(ada(), f"Device {number}")
    with pytest.raises(passwords.TooManyPasswords), transaction():
        passwords.make(ada(), "One more")
