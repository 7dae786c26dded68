"""The page of the link, as the organiser uses it."""

import pytest

from tests.factories.accounts import olga
from tests.factories.meetings import room
from tests.factories.sessions import session
from tests.factories.societies import ens_with_olga
from webinar.db.store import store
from webinar.meetings import queries
from webinar.sessions.models import Session


@pytest.fixture
def made(app) -> Session:
    return session(ens_with_olga()[0])


@pytest.fixture
def desk(page, made):
    return page.sign_in(olga())


def link_page(desk, made):
    return desk.get(f"/ens/sessions/{made.slug}/link")


def test_the_empty_page_says_what_people_get_meanwhile(desk, made):
    assert "people already get their permanent link" in link_page(desk, made).text


def test_a_pasted_link_is_kept_with_all_that_people_need(desk, made):
    answer = link_page(desk, made).submit(
        "/link",
        url="https://zoom.example/j/1?pwd=a",
        passcode="4417",
        meeting_id="812 3456",
        dial_in="+49 30 1\n+977 1 2",
        backup_url="https://meet.example/r",
    )
    assert answer.status == 200
    found = queries.room_of(made.id)
    assert (found.url, found.passcode, found.meeting_id, found.dial_in, found.backup_url) == (
        "https://zoom.example/j/1?pwd=a",
        "4417",
        "812 3456",
        "+49 30 1\n+977 1 2",
        "https://meet.example/r",
    )


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("url", "", "Please fill this in."),
        ("url", "http://zoom.example/j/1", "The link must start with https://"),
        ("backup_url", "meet.example", "The link must start with https://"),
        ("passcode", "x" * 101, "This is 101 characters long; please keep it to 100."),
    ],
)
def test_bad_input_gets_a_sentence_and_stays(desk, made, field, typed, sentence):
    form = {"url": "https://zoom.example/j/1"} | {field: typed}
    answer = link_page(desk, made).submit("/link", **form)
    assert answer.status == 422
    assert [error.startswith(sentence) for error in answer.errors] == [True]
    assert answer.fields(answer.form("/link"))[field] == typed


def test_two_people_setting_the_link_lose_nothing(desk, made):
    room(made, "https://first.example/r")
    first, second = link_page(desk, made), link_page(desk, made)
    first.submit("/link", url="https://second.example/r")
    refused = second.submit("/link", url="https://third.example/r")
    assert refused.status == 422
    assert "https://second.example/r" in refused.text
    refused.submit("/link")
    store.expire_all()
    assert queries.room_of(made.id).url == "https://third.example/r"


def test_one_press_switches_to_the_backup_and_one_back(desk, made):
    room(made, "https://first.example/r", backup_url="https://backup.example/r")
    switched = link_page(desk, made).submit("/backup")
    assert "In use: the backup. https://backup.example/r" in switched.text
    assert "In use: https://first.example/r" in switched.submit("/backup", to="first").text
