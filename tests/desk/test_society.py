"""The desk of a society: what is on, what waits, what is wrong; and only its own people see it."""

from datetime import datetime, timedelta

import pytest

from tests.factories.accounts import ada, olga
from tests.factories.registration import seat, seats
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import ens_with_olga, member, society
from webinar.attendance.models import Presence
from webinar.audit.queries import latest
from webinar.db.store import store
from webinar.meetings.port import Link
from webinar.meetings.service import set_link
from webinar.outbox import service as outbox
from webinar.outbox.models import Letter, LetterState
from webinar.sessions.models import Answer
from webinar.timekeeping import clock as clocks

FRIDAY = datetime.fromisoformat("2026-10-09T18:00")


def part(found, heading):
    """The words of the section under a heading."""
    section = found.soup.find("h2", string=heading).find_parent("section")
    return " ".join(section.get_text(" ").split()).removeprefix(f"{heading} ")


def parked(payload, kind="mail.registered", note="550 no such mailbox"):
    letter = Letter(
        key=f"mail:{kind}:{payload}",
        kind=kind,
        payload=payload,
        state=LetterState.DEAD,
        due_at=clocks.now(),
        created_at=clocks.now(),
        done_at=clocks.now(),
        attempts=8,
        fence=8,
        note=note,
    )
    store.add(letter)
    store.commit()
    return letter


def test_an_empty_desk_leads_to_the_first_session(page):
    ens_with_olga()
    page.sign_in(olga())
    found = page.get("/ens/desk")
    assert found.heading == "Example Neurosurgical Society"
    assert found.follow("Plan the first session").path == "/ens/sessions/new"


def test_the_desk_shows_the_week_with_what_is_missing(page):
    ens, organiser = ens_with_olga()
    held = session(ens, starts_local=FRIDAY, capacity=100)
    pia = speaker(held)
    seat(held)
    page.sign_in(organiser)
    words = part(page.get("/ens/desk"), "This week")
    assert words == (
        "Flow diverters in ruptured aneurysms Fri 9 Oct 2026 , 18:00 – 19:00 Berlin ( UTC+02:00 ), evening "
        "1 registered of 100 seats no join link yet 1 speaker has not answered Open "
        "Flow diverters in ruptured aneurysms"
    )
    set_link(held, organiser, Link(url="https://video.example/1"))
    pia.answer = Answer.CONFIRMED
    assert "no join link yet" not in part(page.get("/ens/desk"), "This week")


def test_the_desk_names_problems_with_the_way_to_mend_them(page):
    ens, organiser = ens_with_olga()
    held = session(ens, starts_local=FRIDAY)
    speaker(held).answer = Answer.DECLINED
    parked({"seat_id": seat(held).id})
    page.sign_in(organiser)
    assert part(page.get("/ens/desk"), "Problems") == (
        "No join link, and it is this week: Flow diverters in ruptured aneurysms Set the link "
        "Pia Presenter cannot speak: Flow diverters in ruptured aneurysms Open the session "
        "1 letter could not be delivered See why"
    )


def test_drafts_and_open_attendance_wait_for_the_organiser(page, clock):
    ens, organiser = ens_with_olga()
    session(ens, title="Held", starts_local=FRIDAY)
    draft(ens, title="Planned")
    clock.move_to(datetime.fromisoformat("2026-10-10T09:00Z"))
    page.sign_in(organiser)
    assert part(page.get("/ens/desk"), "Waiting for you") == (
        "A draft to publish: Planned Check and publish Attendance to read and close: Held Open attendance"
    )


def test_last_results_carry_their_denominator(page, clock):
    ens, organiser = ens_with_olga()
    held = session(ens, starts_local=FRIDAY)
    for number, one in enumerate(seats(held, 3)):
        present = Presence(
            session_id=held.id,
            seat_id=one.id,
            seconds=200 * (number + 1),
            intervals=[],
            source="test",
            computed_at=clocks.now(),
        )
        store.add(present)
    clock.move_to(datetime.fromisoformat("2026-10-10T09:00Z"))
    page.sign_in(organiser)
    words = part(page.get("/ens/desk"), "Last results")
    assert "came: 67 % (2 of 3) · 0 certificates" in words


def test_the_desk_asks_the_database_as_often_for_three_sessions_as_for_one(page, questions):
    ens, organiser = ens_with_olga()
    speaker(session(ens, starts_local=FRIDAY))
    page.sign_in(organiser)
    with questions() as one:
        page.get("/ens/desk")
    for days in (1, 2):
        speaker(session(ens, starts_local=FRIDAY + timedelta(days=days), title=f"Session {days}"))
    with questions() as three:
        page.get("/ens/desk")
    assert len(three) == len(one)


@pytest.mark.parametrize("path", ["/ens/desk", "/ens/letters"])
def test_the_desk_is_not_there_for_others(page, path):
    ens_with_olga()
    member(society("other", name="Other Society"), ada())
    assert page.get(path).heading == "Sign in"
    page.sign_in(ada())
    page.get(path, status=404)
    page.get(path.replace("ens", "other"))


def test_given_up_letters_say_whom_they_were_for_and_why(page):
    ens, organiser = ens_with_olga()
    held = session(ens)
    parked({"seat_id": seat(held).id})
    parked({"speaker_id": speaker(held).id}, "mail.speaker_invited", "mailbox full")
    parked({"session_id": held.id, "version": 1}, "reaction.calendars.jobs.mail_moved", "KeyError: 'x'")
    page.sign_in(organiser)
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])][:3]
        for row in page.get("/ens/letters").soup.select("tbody tr")
    ]
    title = "Flow diverters in ruptured aneurysms"
    assert rows == [
        [f"Work behind the scenes {title}", "", "KeyError: 'x'"],
        [f"Invitation to speak {title}", "Pia Presenter <pia@clinic.example>", "mailbox full"],
        [
            f"Registered, with the calendar entry {title}",
            "Ada Attendee <ada@clinic.example>",
            "550 no such mailbox",
        ],
    ]


def test_a_given_up_letter_can_be_tried_again_and_that_is_on_record(page):
    ens, organiser = ens_with_olga()
    letter = parked({"seat_id": seat(session(ens)).id})
    page.sign_in(organiser)
    answer = page.get("/ens/letters").submit("/retry")
    assert "It will be tried again within a minute." in answer.text
    store.refresh(letter)
    assert (letter.state, letter.attempts, letter.due_at) == (LetterState.PENDING, 0, clocks.now())
    entry = latest(ens.id)[0]
    assert (entry.action, entry.thing_id, entry.actor_id) == ("letter.retried", letter.id, organiser.id)
    assert outbox.try_again(letter) is False


def test_the_letters_of_another_society_are_not_there(page):
    ens, _olga = ens_with_olga()
    letter = parked({"seat_id": seat(session(ens)).id})
    other = society("other", name="Other Society")
    member(other, ada())
    page.sign_in(ada())
    found = page.get("/other/letters")
    assert "Every letter has found its way." in found.text
    token = page.get("/other/desk").soup.find("input", attrs={"name": "csrf_token"})["value"]
    answer = page.post(f"/other/letters/{letter.id}/retry", {"csrf_token": token})
    assert answer.status == 404
    store.refresh(letter)
    assert letter.state == LetterState.DEAD
