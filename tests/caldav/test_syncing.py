"""Sync tokens: each change is told once, in order, and what left is told as gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.caldav.conftest import COLLECTION, golden
from tests.factories.accounts import ada, olga
from tests.factories.registration import START_AT, call_off, open_session, seat
from webinar.db.store import store, transaction
from webinar.registration.service import seats as registration
from webinar.sessions.rules.start import When
from webinar.sessions.service import timing
from webinar.timekeeping.wall import local_of


def href_of(session) -> str:
    return f"{COLLECTION}{session.uid}.ics".replace("@", "%40")


def move(session, days: int = 1) -> None:
    local = local_of(START_AT + timedelta(days=days), "Europe/Berlin")
    timing.move(session, olga(), replace(When(local, "Europe/Berlin", 60)))
    store.commit()


def test_nothing_new_is_nothing_told(phone):
    _, token = phone.sync()
    assert phone.sync(token) == ({}, token)


def test_a_moved_session_has_another_tag(phone, flow, href):
    before, token = phone.sync()
    move(flow)
    after, later = phone.sync(token)
    assert list(after) == [href]
    assert after[href] != before[href]
    assert later != token


def test_a_new_seat_is_told_alone(phone):
    _, token = phone.sync()
    other = open_session(title="Second")
    seat(other)
    assert list(phone.sync(token)[0]) == [href_of(other)]


def test_a_seat_given_back_is_gone_and_may_come_again(phone, held, href, flow):
    _, token = phone.sync()
    with transaction():
        registration.give_back(held)
    told, gone = phone.sync(token)
    assert told == {href: "404"}
    assert phone.sync() == ({}, gone)
    seat(flow)
    told, _ = phone.sync(gone)
    assert told[href].startswith('"')


def test_what_came_and_went_between_two_syncs_is_gone(phone):
    _, token = phone.sync()
    other = open_session(title="Second")
    made = seat(other)
    phone.sync()
    with transaction():
        registration.give_back(made)
    assert phone.sync(token)[0] == {href_of(other): "404"}


def test_a_cancelled_session_changes_and_goes_after_a_month(phone, flow, href, clock):
    _, token = phone.sync()
    call_off(flow)
    told, token = phone.sync(token)
    assert told[href].startswith('"')
    clock.shift(31 * 86400)
    assert phone.sync(token)[0] == {href: "404"}


def test_sessions_long_past_leave_the_calendar(phone, href, clock):
    _, token = phone.sync()
    clock.shift(120 * 86400)
    assert phone.sync(token)[0] == {href: "404"}


def test_a_persons_zone_changes_the_words_of_their_events(phone, href):
    _, token = phone.sync()
    ada().zone_name = "America/New_York"
    store.commit()
    assert list(phone.sync(token)[0]) == [href]


def test_what_others_do_changes_nothing(phone):
    _, token = phone.sync()
    other = open_session(title="Theirs")
    seat(other, "bo@clinic.example", "Bo")
    move(other)
    assert phone.sync(token) == ({}, token)


def test_limited_syncs_end_with_everything_told_once(phone, href):
    _, token = phone.sync()
    more = [open_session(title=f"Session {letter}") for letter in "ABC"]
    for each in more:
        seat(each)
    told: list[str] = []
    for _ in range(3):
        page, token = phone.sync(token, limit=1)
        told += [where for where, status in page.items() if status != "507"]
        is_cut = page.get(COLLECTION) == "507"
        assert is_cut is (len(told) < 3)
    assert sorted(told) == sorted(map(href_of, more))
    assert phone.sync(token)[0] == {}


def test_a_first_sync_may_be_limited_too(phone, href):
    other = open_session(title="Second")
    seat(other)
    first, token = phone.sync(limit=1)
    assert first.pop(COLLECTION) == "507"
    second, _ = phone.sync(token)
    assert sorted([*first, *second]) == sorted([href, href_of(other)])


@pytest.mark.parametrize("token", ["x", "http://webinar.test/dav/sync/1-999", "http://webinar.test/dav/sync/999-1",
                                   "http://other.test/dav/sync/1-1", "data:,1"])  # fmt: skip
def test_a_token_that_is_none_of_ours_is_refused(phone, token):
    phone.sync()
    answer = phone.ask("REPORT", COLLECTION, golden("davx5-5-sync", token=token))
    assert (answer.status_code, "<D:valid-sync-token/>" in answer.text) == (403, True)
