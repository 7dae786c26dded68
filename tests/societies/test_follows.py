"""Following: a society names others whose audience is its own; they are not told, strangers do not see it."""

import pytest

from tests.factories.accounts import olga, sam
from tests.factories.societies import member, society
from webinar.societies import queries
from webinar.societies.models import Role

SETTINGS = "/ens/settings/brand"
FOLLOW, BRAND = "/ens/settings/follows", "/ens/settings/brand"


@pytest.fixture
def ens(app):
    society("sister", name="Sister Society")
    return society()


@pytest.fixture
def settings_page(page, ens):
    return page.sign_in(sam())


def names(ens) -> list[str]:
    return [each.name for each in queries.followed(ens.id)]


def test_an_admin_follows_by_short_name_and_stops_again(settings_page, ens):
    answer = settings_page.get(SETTINGS).submit(FOLLOW, slug="Sister ")
    assert "You follow Sister Society now." in answer.text
    assert names(ens) == ["Sister Society"]
    again = answer.submit(FOLLOW, slug="sister")
    assert names(ens) == ["Sister Society"]
    again.submit("/ens/settings/unfollow/")
    assert names(ens) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nobody", "No society here has the short name “nobody”."),
        ("100%s", "No society here has the short name “100%s”."),
        ("ens", "This is your own society. Please give the short name of another one."),
        ("", "Please fill this in."),
    ],
)
def test_what_cannot_be_followed_gets_a_sentence_and_stays_in_the_form(settings_page, ens, typed, sentence):
    answer = settings_page.get(SETTINGS).submit(FOLLOW, slug=typed)
    assert (answer.status, answer.errors) == (422, [sentence])
    assert answer.fields(answer.form(FOLLOW))["slug"] == typed
    assert answer.fields(answer.form(BRAND))["name"] == "Example Neurosurgical Society"
    assert names(ens) == []


def test_removing_what_is_not_followed_is_harmless(settings_page, ens):
    answer = settings_page.get(SETTINGS)
    token = answer.fields(answer.form(FOLLOW))["csrf_token"]
    assert settings_page.post("/ens/settings/unfollow/999", {"csrf_token": token}).status == 200


def test_organisers_do_not_decide_whom_a_society_follows(page, ens):
    member(ens, olga(), Role.ORGANISER)
    page.sign_in(olga())
    assert page.get(SETTINGS, status=404).status == 404
