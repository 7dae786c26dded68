"""The desk of one session: pre-flight, people, mails, cancelling."""

from datetime import datetime

import pytest
import sqlalchemy as sa

from tests.desk.test_society import parked
from tests.factories.accounts import ada, olga
from tests.factories.registration import seat, seats
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import ens_with_olga, member, society
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.sessions.models import State
from webinar.sessions.rules.question import Question

DESK = "/ens/sessions/flow-diverters-in-ruptured-aneurysms"


def checks(found):
    return [" ".join(row.get_text(" ").split()) for row in found.soup.select(".check > li")]


def people(found):
    return [tag.get_text() for tag in found.soup.select("tbody th")]


def stops(found):
    return [" ".join(row.get_text(" ").split()) for row in found.soup.select(".timeline > li")]


@pytest.fixture
def ens(app):
    return ens_with_olga()[0]


@pytest.fixture
def desk(page, ens):
    return page.sign_in(olga())


def test_pre_flight_lists_advice_and_publishes_with_one_press(desk, ens):
    made = draft(ens)
    found = desk.get(f"{DESK}/check")
    assert checks(found)[:2] == [
        "Nobody is asked to speak yet. Advice",
        "There is no join link yet. People already get their permanent link; add the room before the day. "
        "Advice",
    ]
    assert "The page becomes public" in found.text
    found.submit("/publish")
    store.refresh(made)
    assert made.state == State.PUBLISHED
    assert "people can register" in desk.get(f"{DESK}/check").text


def test_blockers_come_first_and_leave_no_button(desk, ens):
    speaker(draft(ens, credit_scheme="one_per_45"))
    found = desk.get(f"{DESK}/check")
    assert checks(found)[0] == (
        "Interests not disclosed in the last 12 months: Pia Presenter. Credit needs them before publishing. "
        "In the way"
    )
    assert found.soup.select("form[action$='/publish']") == []
    assert "one thing stands in the way of publishing" in found.text


def test_an_empty_list_of_people_offers_a_text_to_copy(desk, ens):
    session(ens)
    found = desk.get(f"{DESK}/people")
    assert "No one yet. Copy the text below for WhatsApp." in found.text
    assert found.soup.find("textarea").get_text().strip().splitlines() == [
        "*Flow diverters in ruptured aneurysms*",
        "Example Neurosurgical Society",
        "Wed 14 Oct 2026, 16:00 UTC · 18:00 Berlin · 13:00 São Paulo · 19:00 Cairo · 21:30 Delhi",
        "Free, without an account, in your own time zone:",
        "http://webinar.test/s/flow-diverters-in-ruptured-aneurysms",
    ]


def test_people_stand_with_their_state_and_answers(desk, ens):
    held = session(ens, capacity=1, questions=(Question("Your specialty"),))
    seat(held, answers={"Your specialty": "Neurosurgery"})
    seat(held, "tom@clinic.example", "Tom O’Talker & Sons")
    found = desk.get(f"{DESK}/people")
    assert "1 registered of 1 seats, 0 open." in found.text
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in found.soup.select("tbody tr")
    ]
    assert rows == [
        [
            "Ada Attendee",
            "ada@clinic.example",
            "Nepal",
            "Has a place",
            "No answer",
            "Wed 7 Oct 2026, 11:00",
            "Neurosurgery",
        ],
        [
            "Tom O’Talker & Sons",
            "tom@clinic.example",
            "Nepal",
            "Waiting",
            "–",
            "Wed 7 Oct 2026, 11:00",
            "–",
        ],
    ]
    assert people(desk.get(f"{DESK}/people?state=waiting")) == ["Tom O’Talker & Sons"]
    assert len(people(desk.get(f"{DESK}/people?state=nonsense&page=-3"))) == 2


def test_people_are_paged_by_the_hundred(desk, ens):
    seats(session(ens, capacity=None), 101)
    first = desk.get(f"{DESK}/people")
    assert (len(people(first)), "1–100 of 101" in first.text) == (100, True)
    assert len(people(first.follow("Next"))) == 1


def test_mails_show_what_was_sent_and_what_will_be(desk, ens, clock):
    held = session(ens)
    one = seat(held)
    store.execute(sa.text("DELETE FROM letters"))
    outbox.post("mail.registered", "mail:registered:1:1", {"seat_id": one.id})
    store.commit()
    found = desk.get(f"{DESK}/mails")
    assert stops(found) == [
        "Wed 7 Oct 2026, 11:00 1 waiting to be sent Registered, with the calendar entry",
        "Tue 13 Oct 2026, 18:00 planned Reminder, 24 hours before to 1 person with a place",
        "Wed 14 Oct 2026, 17:00 planned Reminder, 1 hour before to 1 person with a place",
        "Wed 14 Oct 2026, 17:45 planned Reminder as the doors open to 1 person with a place",
    ]
    clock.move_to(datetime.fromisoformat("2026-10-14T15:30Z"))
    assert len(stops(desk.sign_in(olga()).get(f"{DESK}/mails"))) == 2


def test_mails_of_other_sessions_stay_away(desk, ens):
    held, other = session(ens), session(ens, title="Another", starts_local=datetime(2026, 10, 20, 18))
    parked({"seat_id": seat(other).id})
    assert "Could not be delivered" not in desk.get(f"{DESK}/mails").text
    parked({"seat_id": seat(held).id})
    assert "550 no such mailbox" in desk.get(f"{DESK}/mails").text


def test_cancelling_says_how_many_will_be_mailed_and_then_does_it(desk, ens):
    held = session(ens)
    seats(held, 3)
    speaker(held)
    found = desk.get(f"{DESK}/cancel")
    assert "3 people will be mailed. The session is taken out of their calendars." in found.text
    assert "1 speaker will be mailed." in found.text
    found.submit("/cancel", because="The speaker is ill.")
    store.refresh(held)
    assert (held.state, held.cancelled_because) == (State.CANCELLED, "The speaker is ill.")


def test_every_page_of_a_session_carries_its_tabs(desk, ens):
    session(ens)
    for leaf in ("edit", "time", "poll", "link", "check", "people", "mails"):
        tabs = desk.get(f"{DESK}/{leaf}").soup.select_one(".tabs")
        assert [a["href"].rsplit("/", 1)[1] for a in tabs.select("a[aria-current]")] == [leaf]
        assert len(tabs.select("a")) == 12


@pytest.mark.parametrize("leaf", ["check", "people", "mails", "cancel"])
def test_other_societies_see_nothing_of_it(page, ens, leaf):
    session(ens)
    member(society("other", name="Other Society"), ada())
    assert page.get(f"{DESK}/{leaf}").heading == "Sign in"
    page.sign_in(ada())
    page.get(f"{DESK}/{leaf}", status=404)
    page.get(f"{DESK.replace('ens', 'other', 1)}/{leaf}", status=404)


def test_mails_and_people_ask_the_database_as_often_for_three_as_for_one(desk, ens, questions):
    held = session(ens)
    parked({"seat_id": seat(held).id})
    for leaf in ("mails", "people"):
        with questions() as one:
            desk.get(f"{DESK}/{leaf}")
        for each in seats(held, 2):
            if leaf == "mails":
                parked({"seat_id": each.id})
        with questions() as three:
            desk.get(f"{DESK}/{leaf}")
        assert len(three) == len(one), leaf


def test_times_on_the_desk_are_the_viewers(desk, ens):
    seat(session(ens))
    assert "Wed 7 Oct 2026, 14:45" in desk.get(f"{DESK}/people?tz=Asia/Kathmandu").text
