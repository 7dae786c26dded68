"""Who gets a seat, how long an offer lives, which names and answers are taken."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.refusal import Invalid
from webinar.registration import rules
from webinar.registration.rules import Application, Door
from webinar.sessions.rules.question import Question, QuestionKind

START = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
END = START + timedelta(hours=1)
SECOND = timedelta(seconds=1)


def before(**length):
    """An instant so long before the start."""
    return START - timedelta(**length)


@pytest.mark.parametrize(
    ("state", "now", "door"),
    [
        ("draft", before(days=1), Door.NOT_YET),
        ("published", before(days=1), Door.OPEN),
        ("published", END - SECOND, Door.OPEN),
        ("published", END, Door.OVER),
        ("cancelled", before(days=1), Door.CANCELLED),
        ("cancelled", END, Door.CANCELLED),
    ],
)
def test_a_session_takes_registrations_from_publication_to_its_end(state, now, door):
    assert rules.door(state, now, END) is door


@pytest.mark.parametrize(
    ("state", "now", "sentence"),
    [
        ("draft", before(days=1), "Registration for this session has not opened yet."),
        ("cancelled", before(days=1), "This session was cancelled, so there are no places in it any more."),
        ("published", END, "This session is over, so its places can no longer be changed."),
    ],
)
def test_a_closed_door_says_why(state, now, sentence):
    with pytest.raises(rules.RegistrationClosed) as refusal:
        rules.refuse_closed(state, now, END)
    assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    ("capacity", "held", "free", "room", "few"),
    [
        (None, 5000, None, True, False),
        (10, 0, 10, True, True),
        (11, 0, 11, True, False),
        (10, 9, 1, True, True),
        (10, 10, 0, False, False),
        (10, 12, 0, False, False),  # the capacity was lowered
    ],
)
def test_seats_that_nobody_holds_are_free(capacity, held, free, room, few):
    assert rules.free_seats(capacity, held) == free
    assert rules.has_room(capacity, held) is room
    assert rules.is_few(free) is few


def test_offers_stop_two_hours_before_the_start():
    assert rules.offers_run(before(hours=2) - SECOND, START) is True
    assert rules.offers_run(before(hours=2), START) is False


@pytest.mark.parametrize(
    ("now", "ends_at"),
    [
        (before(days=3), before(days=3) + timedelta(hours=12)),
        (before(hours=13), before(hours=1)),
        (before(hours=12), before(hours=1)),
        (before(hours=3), before(hours=1)),
    ],
)
def test_an_offer_lives_twelve_hours_and_at_most_until_an_hour_before_the_start(now, ends_at):
    assert rules.offer_ends_at(now, START) == ends_at


@given(st.timedeltas(min_value=timedelta(hours=2, microseconds=1), max_value=timedelta(days=400)))
def test_whenever_offers_run_there_is_more_than_an_hour_to_answer(ahead):
    now = START - ahead
    assert rules.offers_run(now, START)
    assert rules.offer_ends_at(now, START) - now > timedelta(hours=1)
    assert not rules.offer_lapsed(now, rules.offer_ends_at(now, START), START)


def test_an_offer_lapses_at_its_end_and_also_when_the_session_moves_nearer():
    ends_at = before(days=1)
    assert rules.offer_lapsed(ends_at - SECOND, ends_at, START) is False
    assert rules.offer_lapsed(ends_at, ends_at, START) is True
    assert rules.offer_lapsed(ends_at - SECOND, ends_at, ends_at + timedelta(minutes=30)) is True
    assert rules.offer_lapsed(ends_at, None, START) is True


@pytest.mark.parametrize(
    "name",
    [
        "Ada Attendee",
        "अनिता शर्मा",
        "د. ليلى حداد",
        "İbrahim Çağlayan",
        "王小明",
        "Ọláyínká",
        "علی‌رضا",  # with the joiner that Persian needs
        "O’Brien-Müller, Jr.",
        "Y",
        "x" * 200,
    ],
)
def test_names_of_any_script_are_taken(name):
    assert rules.name_fault(name) is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Please give your name as it should appear on your certificate."),
        ("   ", "Please give your name as it should appear on your certificate."),
        ("x" * 201, "Please keep the name to 200 characters."),
        ("Ada\x00", "The name holds characters that cannot be shown. Please type it again."),
        ("Ada\nBcc: eve", "The name holds characters that cannot be shown. Please type it again."),
        ("Ada\u202eeettA", "The name holds characters that cannot be shown. Please type it again."),
        ("<b>Ada</b>", "Please write the name without the signs < and >."),
        ("12345", "Please write the name with letters."),
    ],
)
def test_what_is_no_name_is_refused_in_a_sentence(name, sentence):
    assert rules.name_fault(name) == sentence


DEPARTMENT = Question("Your department")
LEVEL = Question("Your level", QuestionKind.CHOICE, True, ("Student", "Resident"))
FIRST = Question("Is it your first time?", QuestionKind.YES_NO)


def test_free_text_offers_nothing_and_the_others_what_they_accept():
    found = [rules.answers_offered(question) for question in (DEPARTMENT, LEVEL, FIRST)]
    assert found == [(), ("Student", "Resident"), ("yes", "no")]


def test_answers_are_cleaned_and_empty_ones_left_out():
    given_answers = {"Your department": "  ", "Your level": "Resident", "Is it your first time?": "yes"}
    assert rules.checked_answers((DEPARTMENT, LEVEL, FIRST), given_answers) == {
        "Your level": "Resident",
        "Is it your first time?": "yes",
    }


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({}, "answer_1", "Please answer this question."),
        ({"Your level": "Professor"}, "answer_1", "Please choose one of the answers offered."),
        (
            {"Your level": "Student", "Is it your first time?": "perhaps"},
            "answer_2",
            "Please choose one of the answers offered.",
        ),
        (
            {"Your level": "Student", "Your department": "x" * 501},
            "answer_0",
            "Please keep this answer to 500 characters.",
        ),
        (
            {"Your level": "Student", "Is admin": "yes"},
            None,
            "The questions of this session have changed. Please look at them again.",
        ),
    ],
)
def test_answers_that_do_not_fit_are_refused_beside_their_question(answers, field, sentence):
    with pytest.raises(Invalid) as refusal:
        rules.checked_answers((DEPARTMENT, LEVEL, FIRST), answers)
    assert (refusal.value.field, refusal.value.sentence) == (field, sentence)


def test_an_application_is_cleaned_before_it_is_kept():
    typed = Application("  Ada  Attendee ", "ada@clinic.example", answers={"Your level": "Student"})
    found = rules.checked(typed, (LEVEL,))
    assert (found.name, found.answers) == ("Ada  Attendee", {"Your level": "Student"})


def test_an_application_with_a_bad_name_says_which_field():
    with pytest.raises(Invalid) as refusal:
        rules.checked(Application("", "ada@clinic.example"), ())
    assert refusal.value.field == "name"
