"""Answers from calendars on the desk: beside each person, and what waits for Olga."""

from datetime import datetime

import pytest

from tests.factories.accounts import olga
from tests.factories.registration import seat, states
from tests.factories.replies import answered_session, bring, golden, reply, signed
from webinar.calendars.queries import answers as queries
from webinar.calendars.rules.reply import DeclineRule
from webinar.db.store import transaction
from webinar.sessions.rules.start import When
from webinar.sessions.service import timing

PEOPLE = "/ens/sessions/{}/people"


@pytest.fixture
def flow(app):
    return answered_session(app)


@pytest.fixture
def ada(flow):
    return seat(flow)


@pytest.fixture
def desk(flow, ada, page):
    """Olga's page of people."""
    page.sign_in(olga())
    return PEOPLE.format(flow.slug)


def answers(found) -> list[str]:
    """The cells of the column of answers."""
    rows = found.soup.select("table tbody tr")
    return [" ".join(row.find_all("td")[3].get_text(" ").split()) for row in rows]


def test_each_person_has_their_answer_with_their_words(desk, page, work, flow):
    seat(flow, "bo@clinic.example", "Bo")
    assert answers(page.get(desk)) == ["No answer", "No answer"]
    bring(signed(golden("outlook-desktop-one-part-mailto-in-capitals.eml")))
    work()
    assert answers(page.get(desk)) == ["Tentative On call that evening, I try to come.", "No answer"]


def test_who_is_sent_instead_is_named(desk, page, work):
    bring(signed(golden("delegated-to-a-colleague.eml")))
    work()
    assert answers(page.get(desk)) == ["Sends somebody else bo@clinic.example Bo comes instead of me."]


def test_olga_frees_a_declined_seat_from_the_desk_with_one_click(desk, page, work, ada):
    bring(signed(golden("google-note-in-a-parameter.eml")))
    work()
    home = page.get("/ens/desk")
    waits = "1 person declined and still has a seat: Flow diverters in ruptured aneurysms"
    assert waits in home.text
    people = home.follow("Decide")
    assert "Theatre list until eight, sorry" in people.text
    freed = people.submit(f"/seats/{ada.id}/free")
    assert "The seat of Ada Attendee is free." in freed.text
    assert states(ada) == ["cancelled"]
    assert waits not in page.get("/ens/desk").text


def test_olga_lets_a_declined_person_keep_the_seat(desk, page, work, ada):
    bring(signed(reply("DECLINED")))
    work()
    kept = page.get(desk).submit(f"/seats/{ada.id}/keep")
    assert "Ada Attendee keeps the seat." in kept.text
    assert (states(ada), answers(kept)) == (["confirmed"], ["Declined"])


def test_a_held_answer_is_shown_with_its_doubt_and_counts_by_olgas_word(desk, page, work):
    bring(reply("DECLINED", extra="COMMENT:I am ill"))
    work()
    assert "1 answer from a calendar to look at" in page.get("/ens/desk").text
    people = page.get(desk)
    assert "Nothing shows that it really is by this person." in people.text
    counted = people.submit("/accept")
    assert answers(counted) == ["Declined not verified, accepted by an organiser I am ill"]


def test_olga_sets_a_held_answer_aside(desk, page, work):
    bring(reply("DECLINED"))
    work()
    ignored = page.get(desk).submit("/ignore")
    assert "Set aside. The answer counts for nobody." in ignored.text
    assert (answers(ignored), "to look at" in page.get("/ens/desk").text) == (["No answer"], False)


def test_olga_says_whose_an_answer_from_an_unknown_address_is(desk, page, work):
    bring(golden("another-attendee.eml"))
    work()
    wrong = page.get(desk).submit("/accept", address="nobody@clinic.example")
    assert "Nobody registered for this session with this address." in wrong.text
    right = wrong.submit("/accept", address="ada@clinic.example")
    assert answers(right)[0].startswith("Declined")


def test_what_was_decided_by_a_colleague_meanwhile_is_not_there_any_more(desk, page, work):
    bring(reply("DECLINED"))
    work()
    seen = page.get(desk)
    seen.submit("/ignore")
    assert seen.submit("/accept").status == 404


def test_the_society_chooses_what_happens_when_somebody_declines(desk, page, flow):
    saved = page.get(desk).submit("/answers/rule", rule="free")
    assert "Saved, for all sessions of the society." in saved.text
    assert queries.decline_rule(flow.society_id) is DeclineRule.FREE
    assert page.get(desk).submit("/answers/rule", rule="sell").status == 422


def test_an_answer_to_an_earlier_time_is_said_to_be_one(desk, page, work, flow, ada):
    bring(signed(reply("ACCEPTED")))
    work()
    with transaction():
        timing.move(flow, olga(), When(datetime.fromisoformat("2026-10-14T20:00"), "Europe/Berlin", 60))
    work()
    assert answers(page.get(desk)) == ["Accepted to an earlier time"]


def test_more_people_ask_no_more_questions(desk, page, work, flow, questions):
    bring(signed(reply("DECLINED")))
    work()
    with questions() as few:
        page.get(desk)
    for name in ("bo", "cy"):
        found = seat(flow, f"{name}@clinic.example", name.title())
        sender = found.person.email
        bring(signed(reply("TENTATIVE", author=sender, attendee=sender, mail_id=name)))
        bring(reply("DECLINED", author=sender, attendee=sender, mail_id=f"{name}2", stamp="20261007T100000Z"))
    work()
    with questions() as many:
        page.get(desk)
    assert len(many) == len(few)
