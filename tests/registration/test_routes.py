"""The public form and the buttons of a ticket, as people without JavaScript meet them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.accounts import ada, person
from tests.factories.registration import (
    START_AT,
    cancelled_session,
    open_session,
    seat,
    seats,
    states,
    tally,
    unpublished_session,
)
from webinar.accounts.models import Knock
from webinar.db.store import store
from webinar.outbox import queries as outbox
from webinar.registration.guards import HALF_A_YEAR
from webinar.registration.models import Seat
from webinar.registration.queries import seats as queries
from webinar.sessions.rules.question import Question, QuestionKind
from webinar.timekeeping import clock as present

HOUR = timedelta(hours=1)
ADA = {"name": "Ada Attendee", "email": "ada@clinic.example", "country": "NP"}
QUESTIONS = (
    Question("Your department"),
    Question("Your level", QuestionKind.CHOICE, True, ("Student", "Resident")),
    Question("Is it your first time?", QuestionKind.YES_NO),
    Question("Region", QuestionKind.CHOICE, False, tuple(f"Region {n}" for n in range(8))),
)


def path(session):
    return f"/s/{session.slug}/register"


def sent(page, session, **typed):
    """Fill the form and press; the answer itself, without following its redirect."""
    form = page.get(path(session))
    values = form.fields(form.form("/register")) | ADA | typed
    return page.raw(path(session), method="POST", data=values)


def only_seat() -> Seat:
    store.expire_all()
    return store.scalars(select(Seat)).one()


def test_one_press_leads_to_the_ticket(page):
    answer = sent(page, open_session())
    made = only_seat()
    assert (answer.status_code, answer.location) == (303, queries.ticket_path(made))
    assert (made.name, made.person.email, made.country, made.state) == (
        "Ada Attendee",
        "ada@clinic.example",
        "NP",
        "confirmed",
    )


def test_the_zone_that_a_visitor_chose_goes_with_the_seat(page):
    session = open_session()
    page.get(f"{path(session)}?tz=Asia/Kathmandu")
    sent(page, session)
    assert only_seat().zone_name == "Asia/Kathmandu"


def test_the_page_shows_the_time_with_its_zone_and_asks_three_things_and_one_tick(page):
    form = page.get(path(open_session(capacity=None)))
    assert form.heading == "Flow diverters in ruptured aneurysms"
    when = " ".join(form.soup.select_one(".when .t").parent.get_text().split())
    assert when == "Wednesday 14 October 2026 15:00–16:00 Berlin (UTC+02:00), afternoon"
    labels = [label.get_text() for label in form.form("/register").find_all("label")]
    assert labels == [
        "Leave this field empty",
        "Name as it should appear on your certificate",
        "Email",
        "Country",
        " My calendar reminds me 15 minutes before",
    ]


def test_the_page_is_private_and_not_for_search_engines(page):
    answer = page.raw(path(open_session()))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'name="robots" content="noindex"' in answer.text


@pytest.mark.parametrize(
    ("held", "words", "button"),
    [
        (0, "10 seats are left of 10.", "Register and get my link"),
        (9, "1 seat is left of 10.", "Register and get my link"),
        (10, "All 10 seats are taken. Nobody is waiting yet.", "Join the waiting list"),
        (12, "All 10 seats are taken. 2 people are waiting.", "Join the waiting list"),
    ],
)
def test_the_page_says_how_many_seats_are_left(page, held, words, button):
    session = open_session()
    seats(session, held)
    found = page.get(path(session))
    assert words in found.text
    assert [b.get_text() for b in found.form("/register").find_all("button")] == [button]


def test_near_the_start_the_page_says_that_the_first_to_ask_has_a_freed_seat(page, clock):
    session = open_session(capacity=1)
    seat(session)
    early = "The only seat is taken. Nobody is waiting yet. When a seat is given back, we offer it by mail"
    assert early in page.get(path(session)).text
    clock.move_to(START_AT - 2 * HOUR)
    late = "a seat that is given back now goes to whoever asks first."
    assert late in page.get(path(session)).text


def test_many_free_seats_are_not_counted_aloud(page):
    assert "left" not in page.get(path(open_session(capacity=500))).text


def test_a_cancelled_session_says_why_and_shows_no_form(page):
    found = page.get(path(cancelled_session()))
    assert (
        "Cancelled This session was cancelled, so nobody can register any more. Reason: The speaker is ill."
    ) in found.text
    assert found.soup.find("input", attrs={"name": "email"}) is None


def test_a_session_that_is_over_says_so_and_shows_no_form(page, clock):
    session = open_session()
    clock.move_to(START_AT + HOUR)
    found = page.get(path(session))
    assert "This session is over Registration ended with the session." in found.text
    assert found.soup.find("input", attrs={"name": "email"}) is None


def test_pressing_the_button_of_a_form_opened_before_the_end_says_that_it_is_over(page, clock):
    session = open_session()
    clock.move_to(START_AT - HOUR)
    form = page.get(path(session))
    clock.move_to(START_AT + HOUR)
    answer = form.submit("/register", **ADA)
    assert (answer.status, tally(session)) == (409, {})
    assert "This session is over" in answer.text


def test_drafts_and_unknown_sessions_look_alike(page):
    draft = unpublished_session()
    found = [page.get(address, status=404).text for address in (path(draft), "/s/nothing-here/register")]
    assert re.sub("number .*", "", found[0]) == re.sub("number .*", "", found[1])


# What people type


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Please fill this in."),
        ("name", "x" * 201, "This is 201 characters long; please keep it to 200."),
        (
            "name",
            "Ada\x07 Attendee",
            "Some characters cannot be shown and were taken out. Please check the text.",
        ),
        ("name", "<b>Ada</b>", "Please write the name without the signs < and >."),
        ("name", "Ada\u202eeettA", "The name holds characters that cannot be shown. Please type it again."),
        ("email", "", "Please give an email address."),
        (
            "email",
            "ada at clinic",
            "This does not look like one email address, such as ada@example.org. Please check it.",
        ),
        (
            "email",
            "ada@clinic.example,eve@evil.example",
            "This does not look like one email address, such as ada@example.org. Please check it.",
        ),
        (
            "email",
            "<ada@clinic.example> NOTIFY=NEVER",
            "This does not look like one email address, such as ada@example.org. Please check it.",
        ),
        (
            "email",
            "ada@clinic.example>\r\nRCPT TO:<eve@evil.example",
            "This does not look like one email address, such as ada@example.org. Please check it.",
        ),
        ("email", "a" * 260 + "@clinic.example", "This is 275 characters long; please keep it to 200."),
        ("country", "", "Please choose your country."),
        ("country", "XX", "Please choose one of the list."),
        ("country", "<script>", "Please choose one of the list."),
        ("answer_0", "x" * 501, "This is 501 characters long; please keep it to 500."),
        (
            "answer_0",
            "Neuro\x00surgery",
            "Some characters cannot be shown and were taken out. Please check the text.",
        ),
        ("answer_1", None, "Please choose one."),
        ("answer_1", "Professor", "Please choose one of the list."),
        ("answer_2", "perhaps", "Please choose one of the list."),
        ("answer_3", "Region 99", "Please choose one of the list."),
    ],
)
def test_what_cannot_be_used_gets_a_sentence_and_the_rest_is_kept(page, field, typed, sentence):
    session = open_session(questions=QUESTIONS)
    given = ADA | {"answer_0": "Surgery", "answer_1": "Resident", "answer_2": "yes", "answer_3": "Region 3"}
    answer = page.get(path(session)).submit("/register", **given | {field: typed})
    assert (answer.status, answer.errors, tally(session)) == (422, [sentence], {})
    kept = answer.fields(answer.form("/register"))
    assert {name: kept[name] for name in given if name != field} == {
        name: value for name, value in given.items() if name != field
    }


def test_html_that_was_typed_is_shown_as_text(page):
    session = open_session(questions=QUESTIONS[:1])
    answer = page.get(path(session)).submit("/register", **ADA | {"name": "", "answer_0": "<img src=x>"})
    assert answer.soup.find("img") is None
    assert answer.fields(answer.form("/register"))["answer_0"] == "<img src=x>"


def test_answers_are_kept_by_the_words_of_their_questions(page):
    session = open_session(questions=QUESTIONS)
    page.get(path(session)).submit("/register", **ADA, answer_0="p < 0.05", answer_1="Student", answer_2="no")
    assert only_seat().answers == {
        "Your department": "p < 0.05",
        "Your level": "Student",
        "Is it your first time?": "no",
    }


def test_a_name_in_any_script_is_kept_as_typed(page):
    sent(page, open_session(), name="अनिता शर्मा")
    assert only_seat().name == "अनिता शर्मा"


@pytest.mark.parametrize("changes", [{"leave_empty": "http://spam.example"}, {"opened": "forged"}])
def test_machines_are_turned_away_and_nothing_is_stored(page, changes):
    session = open_session()
    assert (sent(page, session, **changes).status_code, tally(session)) == (422, {})


def test_a_form_without_its_token_is_refused(page):
    session = open_session()
    answer = page.raw(path(session), method="POST", data=ADA)
    assert (answer.status_code, tally(session)) == (400, {})


def test_fields_that_nobody_asked_for_change_nothing(page):
    sent(page, open_session(capacity=1), state="confirmed", person_id="1", version="9", is_admin="1")
    assert only_seat().version == 1


# The same address twice, devices, limits


def test_a_strangers_browser_learns_nothing_of_the_seat_behind_an_address(app, page):
    session = open_session()
    made = seat(session, name="Ada Private")
    answer = sent(page, session, name="Eve")
    assert (answer.status_code, answer.location) == (303, f"/s/{session.slug}/register/sent")
    shown = page.get(answer.location)
    assert shown.heading == "Please look at your mail"
    found = shown.response.text + str(answer.headers)
    assert [secret for secret in ("Ada", "Private", made.nonce, "/t/ti_", "/j/jn_") if secret in found] == []


def test_the_answer_is_the_same_however_often_an_address_is_tried(page):
    session = open_session()
    seat(session)
    found = [sent(page, session) for _ in range(6)]
    assert {(answer.status_code, answer.location) for answer in found} == {
        (303, f"/s/{session.slug}/register/sent")
    }
    assert len(outbox.with_prefix("fact:RegistrationRepeated")) == 3


def test_the_browser_that_made_a_seat_finds_back_to_it(page):
    session = open_session()
    first = sent(page, session)
    again = sent(page, session)
    assert (again.status_code, again.location) == (303, first.location)
    assert "You are registered. Open your ticket" in page.get(path(session)).text


def test_a_signed_in_person_finds_back_to_their_seat_on_any_device(page):
    session = open_session()
    made = seat(session)
    page.sign_in(ada())
    assert sent(page, session).location == queries.ticket_path(made)


def test_a_returning_device_fills_nothing_in(page):
    sent(page, open_session())
    form = page.get(path(open_session()))
    values = form.fields(form.form("/register"))
    assert {name: values[name] for name in ADA} == ADA
    assert "Filled in by this device. Not Ada Attendee ?" in form.text
    empty = form.follow("Not Ada Attendee")
    assert [empty.fields(empty.form("/register"))[name] for name in ADA] == ["", "", ""]


def test_a_signed_in_person_fills_nothing_in(page):
    page.sign_in(person("bea@clinic.example", "Bea", country="DE"))
    form = page.get(path(open_session()))
    values = form.fields(form.form("/register"))
    assert [values[name] for name in ADA] == ["Bea", "bea@clinic.example", "DE"]


def test_a_device_remembers_only_what_was_typed_on_it(page):
    session = open_session()
    seat(session, name="Ada Private")
    sent(page, session, name="Eve")
    form = page.get(path(open_session()))
    assert form.fields(form.form("/register"))["name"] == ""


def test_a_forged_or_old_cookie_counts_for_nothing(page, clock):
    session = open_session()
    sent(page, session)
    clock.shift(timedelta(seconds=HALF_A_YEAR + 1))
    later = open_session(starts_at=START_AT + timedelta(days=400))
    assert page.get(path(later)).soup.find("input", attrs={"name": "name"})["value"] == ""
    page.http.set_cookie("registrant", "eyJuIjoiRXZlIn0.forged", domain="webinar.test")
    assert page.get(path(later)).soup.find("input", attrs={"name": "name"})["value"] == ""


def test_the_cookie_is_out_of_reach_for_scripts(page):
    cookie = sent(page, open_session()).headers["Set-Cookie"]
    assert cookie.startswith("registrant=")
    assert [part for part in ("HttpOnly", "SameSite=Lax", "Path=/") if part not in cookie] == []


def test_one_network_registers_three_thousand_people_an_hour_for_a_session(page, clock):
    session = open_session(capacity=None)
    store.add_all(
        Knock(door=f"register:{session.id}", who="127.0.0.1", at=present.now()) for _ in range(2999)
    )
    store.commit()
    answers = [sent(page, session, email=f"p{n}@clinic.example").status_code for n in range(3)]
    assert answers == [303, 429, 429]
    assert sent(page, open_session()).status_code == 303  # another session's audience is not kept out
    clock.shift(HOUR + timedelta(seconds=1))
    assert sent(page, session, email="later@clinic.example").status_code == 303


def test_one_address_registers_for_twenty_sessions_an_hour(page):
    store.add_all(Knock(door="register", who=ADA["email"], at=present.now()) for _ in range(19))
    store.commit()
    sessions = [open_session(), open_session()]
    assert [sent(page, session).status_code for session in sessions] == [303, 429]
    assert [tally(session) for session in sessions] == [{"confirmed": 1}, {}]


# The buttons of a ticket


def press(page, made, what):
    """Press a button of the ticket; where it leads, and what is told there."""
    form = page.get(path(made.session))
    token = form.form("/register").find("input", attrs={"name": "csrf_token"})["value"]
    ticket = queries.ticket_path(made)
    answer = page.raw(f"{ticket}/{what}", method="POST", data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, ticket)
    with page.http.session_transaction(base_url="http://webinar.test") as cookie:
        return cookie.pop("_flashes")[-1]


def test_a_place_is_cancelled_in_one_press_on_a_page_that_says_what_follows(page):
    session = open_session(capacity=1)
    mine, next_one = seats(session, 2)
    asked = page.get(f"{queries.ticket_path(mine)}/cancel")
    assert asked.heading == "Give your place back?"
    assert (
        "Your join link stops working, reminders stop, and your calendar gets a cancellation. "
        "1 person is waiting: the seat is offered on at once, and you may not get it back."
    ) in asked.text
    assert states(mine) == ["confirmed"]  # looking changes nothing
    asked.submit("/cancel")
    assert states(mine, next_one) == ["cancelled", "offered"]
    assert page.get(f"{queries.ticket_path(mine)}/cancel").heading == "You have left this session"


@pytest.mark.parametrize(
    ("number", "heading"), [(0, "Give your place back?"), (1, "Leave the waiting list?")]
)
def test_the_question_fits_the_state(page, number, heading):
    made = seats(open_session(capacity=1), 2)[number]
    assert page.get(f"{queries.ticket_path(made)}/cancel").heading == heading


def test_an_offered_seat_is_taken_by_one_press(page):
    first, second = seats(open_session(capacity=1), 2)
    press(page, first, "cancel")
    assert page.get(f"{queries.ticket_path(second)}/cancel").heading == "Decline the offered seat?"
    assert press(page, second, "take") == ("ok", "The seat is yours.")
    assert states(second) == ["confirmed"]


def test_a_press_that_comes_too_late_is_told_on_the_ticket(page, clock):
    first, second = seats(open_session(capacity=1), 2)
    press(page, first, "cancel")
    clock.shift(12 * HOUR)
    assert press(page, second, "take")[0] == "warn"
    assert press(page, second, "queue") == ("ok", "Done. Your ticket shows where you stand.")
    assert states(second) == ["confirmed"]


@pytest.mark.parametrize("what", ["cancel", "take", "queue"])
@pytest.mark.parametrize("token", ["ti_wrong", "jn_wrong", "x", "ti_" + "A" * 43])
def test_wrong_links_are_answered_in_words_and_alike(page, what, token):
    open_session()
    if what == "cancel":
        found = page.get(f"/t/{token}/cancel", status=404)
        assert found.heading == "Not found"
        assert "This link opens no place." in found.text


def test_a_join_link_opens_no_ticket(page):
    made = seat(open_session())
    token = queries.join_path(made).removeprefix("/j/")
    page.get(f"/t/{token}/cancel", status=404)


def test_pages_of_a_ticket_keep_their_address_secret(page):
    made = seat(open_session())
    headers = page.raw(f"{queries.ticket_path(made)}/cancel").headers
    assert {name: headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }


def test_buttons_answer_only_to_presses(page):
    ticket = queries.ticket_path(seat(open_session()))
    assert [page.raw(f"{ticket}/{what}").status_code for what in ("take", "queue")] == [405, 405]
