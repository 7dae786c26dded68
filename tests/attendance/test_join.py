"""The personal join link over its whole life, as Ada meets it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.factories.accounts import olga
from tests.factories.registration import START_AT, open_session, seat
from tests.factories.societies import ens_with_olga
from webinar.attendance.queries.people import visit_of
from webinar.db.store import db, store
from webinar.meetings import service as meetings
from webinar.meetings.port import Link
from webinar.registration.queries import seats as registration
from webinar.registration.service import seats

ROOM = "https://zoom.us/j/81234567890"
MINUTE = timedelta(minutes=1)
LINK = Link(url=ROOM, meeting_id="812 3456 7890", passcode="4417", dial_in="+977 1 4000 000 Nepal, toll-free")


@pytest.fixture
def held(app):
    """Ada's seat at a session whose room is known."""
    _society, organiser = ens_with_olga()
    session = open_session()
    meetings.set_link(session, organiser, LINK)
    return seat(session)


def press(page, held, **options):
    return page.raw(registration.join_path(held), **options)


def visit(held):
    store.expire_all()
    return visit_of(held.id)


@pytest.mark.parametrize(
    ("minutes", "opened"), [(-16, False), (-15, True), (0, True), (69, True), (70, False)]
)
def test_the_link_leads_into_the_room_from_15_minutes_before_to_10_after(page, held, clock, minutes, opened):
    clock.move_to(START_AT + minutes * MINUTE)
    response = press(page, held)
    assert (response.status_code, response.headers.get("Location")) == (
        (303, ROOM) if opened else (200, None)
    )
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert (visit(held) is not None) is opened


def test_many_presses_are_one_visit(page, held, clock):
    clock.move_to(START_AT)
    press(page, held)
    clock.shift(5 * MINUTE)
    press(page, held)
    found = visit(held)
    assert (found.first_at, found.last_at, found.times) == (START_AT, START_AT + 5 * MINUTE, 2)


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("HEAD", {}, 303),
        ("GET", {"Sec-Purpose": "prefetch"}, 200),
        ("GET", {"Purpose": "prefetch"}, 200),
        ("GET", {"User-Agent": "WhatsApp/2.23.20.0"}, 200),
    ],
)
def test_looking_ahead_records_nothing(page, held, clock, method, headers, status):
    clock.move_to(START_AT)
    assert press(page, held, method=method, headers=headers).status_code == status
    assert visit(held) is None


def test_days_before_it_says_when_it_opens_in_adas_own_zone(page, held):
    found = page.get(registration.join_path(held))
    assert "Starts in 7 days, opens 18:30 Kathmandu (UTC+05:45)." in found.text
    assert "18:45" in found.text
    assert "passcode" not in found.text.lower()


def test_today_it_counts_down_and_shows_number_and_phone(page, held, clock):
    clock.move_to(START_AT - timedelta(hours=3, minutes=20))
    found = page.get(registration.join_path(held))
    assert "Starts in 3 h 20 min, opens 18:30 Kathmandu" in found.text
    assert "812 3456 7890" in found.text
    assert "4417" in found.text
    assert "+977 1 4000 000 Nepal, toll-free" in found.text


def test_stay_shows_the_page_even_while_it_runs_and_the_button_opens_the_room(page, held, clock):
    clock.move_to(START_AT + 12 * MINUTE)
    found = page.get(registration.join_path(held) + "?stay=1")
    assert "It has started: 12 min ago." in found.text
    assert visit(held) is None
    [button] = [each for each in found.soup.find_all("a") if each.get_text() == "Open the room"]
    assert page.raw(button["href"]).headers["Location"] == ROOM
    assert visit(held).times == 1


def test_the_backup_link_is_followed_at_once(page, held, clock):
    backup = "https://meet.example.org/backup"
    meetings.set_link(held.session, olga(), Link(url=ROOM, backup_url=backup))
    meetings.use_backup(held.session, olga())
    clock.move_to(START_AT)
    assert press(page, held).headers["Location"] == backup


def test_without_a_room_it_says_so_and_whom_to_ask_and_still_counts_the_visit(page, clock, app):
    ens_with_olga()
    held = seat(open_session())
    clock.move_to(START_AT)
    found = page.get(registration.join_path(held))
    assert "It is time, but the organisers have not set the room yet." in found.text
    assert found.soup.select_one("main a[href='mailto:events@ens.example']") is not None
    assert visit(held).times == 1


def test_a_cancelled_session_says_why(page, held, clock):
    held.session.state, held.session.cancelled_because = "cancelled", "The speaker is ill."
    held.session.cancelled_at = START_AT - timedelta(days=1)
    store.commit()
    clock.move_to(START_AT)
    found = page.get(registration.join_path(held))
    assert "This session was cancelled and will not take place." in found.text
    assert "The speaker is ill." in found.text
    assert visit(held) is None


def test_a_moved_session_shows_the_old_time_beside_the_new_one(page, held):
    held.session.moved_from_at = START_AT - timedelta(days=1)
    store.commit()
    found = page.get(registration.join_path(held))
    assert "Moved:" in found.text
    assert "Tue 13 Oct 2026" in found.text


def test_who_waits_or_gave_back_is_not_let_in(page, clock, app):
    _society, organiser = ens_with_olga()
    session = open_session(capacity=1)
    meetings.set_link(session, organiser, LINK)
    ada, ben = seat(session), seat(session, "ben@clinic.example", "Ben Bystander")
    clock.move_to(START_AT - 5 * MINUTE)
    waiting = page.get(registration.join_path(ben))
    assert "You are no. 1 on the waiting list." in waiting.text
    assert "4417" not in waiting.text
    seats.give_back(ada)
    store.commit()
    given_back = page.get(registration.join_path(ada))
    assert "You gave your place back" in given_back.text
    assert "4417" not in given_back.text
    assert (visit(ada), visit(ben)) == (None, None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "This session has ended. Thank you for coming."),
        ({"recording_url": "https://video.example/1"}, "you can watch the recording"),
        ({"recording_note": "The patient did not consent."}, "The patient did not consent."),
    ],
)
def test_afterwards_it_says_what_there_is(page, held, clock, changes, sentence):
    for name, value in changes.items():
        setattr(held.session, name, value)
    store.commit()
    clock.move_to(START_AT + 2 * timedelta(hours=1))
    assert sentence in page.get(registration.join_path(held)).text


def test_the_night_is_told_only_until_it_is_over(page, clock):
    ens_with_olga()
    at_night = START_AT.replace(hour=20)  # 01:45 in Kathmandu
    held = seat(open_session(starts_at=at_night))
    clock.move_to(at_night - 5 * MINUTE)
    assert "Night for you:" in page.get(registration.join_path(held)).text
    clock.move_to(at_night + 2 * timedelta(hours=1))
    assert "Night for you:" not in page.get(registration.join_path(held)).text


def test_a_wrong_link_is_a_page_in_words(page, held):
    for token in ("jn_wrong", "nothing", registration.ticket_path(held).removeprefix("/t/")):
        found = page.get(f"/j/{token}", status=404)
        assert "This link opens no place." in found.text
        assert found.response.headers["Referrer-Policy"] == "no-referrer"


def test_arriving_asks_the_database_little(page, held, clock, app):
    clock.move_to(START_AT)
    address = registration.join_path(held)
    press(page, held)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2].split()[0]))
    page.raw(address)
    assert [word for word in asked if word != "BEGIN"] == ["SELECT", "SELECT", "SELECT", "INSERT", "UPDATE"]
