"""What a speaker owes and by when, told without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.materials import rules
from webinar.materials.rules import ItemCode, ItemState, TalkFacts

START = datetime(2026, 10, 14, 16, 0, tzinfo=UTC)
END = START + timedelta(hours=1)
DUE = datetime(2026, 10, 12, 16, 0, tzinfo=UTC)
NOW = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
ASKED = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
NOTHING_YET = TalkFacts(
    role="speaker",
    answer="waiting",
    bio="",
    talk_title="",
    disclosed_at=None,
    recording_consent=None,
    decks=0,
    tested=False,
    room_is_set=True,
    starts_at=START,
    asked_at=ASKED,
)
ALL_DONE = replace(
    NOTHING_YET,
    answer="confirmed",
    bio="Neurosurgeon.",
    talk_title="Ten slides",
    disclosed_at=NOW,
    recording_consent=False,
    decks=1,
    tested=True,
)


def states(facts: TalkFacts, now: datetime = NOW) -> dict[str, str]:
    return {item.code.value: item.state.value for item in rules.checklist(facts, now)}


def test_a_speaker_has_seven_lines_all_due_two_days_before_the_start():
    items = rules.checklist(NOTHING_YET, NOW)
    assert [item.code for item in items] == list(ItemCode)
    assert {item.due_at for item in items} == {DUE}


def test_everything_done_says_done_and_a_no_to_the_recording_is_an_answer_too():
    assert set(states(ALL_DONE).values()) == {"done"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answer": "waiting"}, "confirmed"),
        ({"bio": ""}, "bio"),
        ({"talk_title": ""}, "title"),
        ({"disclosed_at": None}, "disclosures"),
        ({"recording_consent": None}, "consent"),
        ({"decks": 0}, "slides"),
        ({"tested": False}, "link_test"),
    ],
)
def test_each_line_is_due_when_its_own_thing_is_missing_and_overdue_after_the_deadline(changes, code):
    facts = replace(ALL_DONE, **changes)
    assert {c for c, state in states(facts).items() if state == "due"} == {code}
    assert {c for c, state in states(facts, DUE).items() if state == "overdue"} == {code}


def test_a_declaration_older_than_twelve_months_is_due_again_and_says_why():
    old = replace(ALL_DONE, disclosed_at=NOW - timedelta(days=366))
    item = rules.checklist(old, NOW)[3]
    assert (item.state, item.because) == (ItemState.DUE, "Your last declaration is older than 12 months.")


def test_the_link_test_waits_for_the_room_and_for_the_speakers_yes():
    assert rules.checklist(replace(NOTHING_YET, room_is_set=False), NOW)[-1].because == (
        "The organiser has not set the room yet."
    )
    assert rules.checklist(NOTHING_YET, NOW)[-1].because == "The room opens to you once you have confirmed."


def test_who_asked_for_another_time_waits_for_the_organiser():
    item = rules.checklist(replace(NOTHING_YET, answer="other_time"), NOW)[0]
    assert (item.state, item.because) == (
        ItemState.BLOCKED,
        "The organiser is looking at the times that you gave.",
    )


def test_blocked_lines_are_not_left_for_the_speaker():
    items = rules.checklist(replace(ALL_DONE, tested=False, room_is_set=False), NOW)
    assert rules.open_items(items) == ()


def test_who_declined_owes_nothing():
    assert rules.checklist(replace(NOTHING_YET, answer="declined"), NOW) == ()


@pytest.mark.parametrize("role", ["moderator", "discussant"])
def test_who_gives_no_talk_owes_no_title_and_no_slides(role):
    assert set(states(replace(NOTHING_YET, role=role))) == {
        "confirmed",
        "bio",
        "disclosures",
        "consent",
        "link_test",
    }


def test_who_is_asked_shortly_before_the_deadline_has_until_the_start():
    assert rules.deadline(START, DUE - timedelta(hours=23)) == START
    assert rules.deadline(START, DUE - timedelta(hours=24)) == DUE
    assert rules.deadline(START, None) == DUE


@pytest.mark.parametrize(
    ("before", "which"),
    [
        (timedelta(days=7, seconds=1), None),
        (timedelta(days=7), 7),
        (timedelta(days=2, seconds=1), 7),
        (timedelta(days=2), 2),
        (timedelta(seconds=1), 2),
        (timedelta(), None),
        (timedelta(days=-1), None),
    ],
)
def test_reminders_are_due_seven_and_two_days_before_the_deadline(before, which):
    assert rules.reminder_due(DUE - before, START, ASKED) == which


def test_a_reminder_that_lies_before_the_invitation_is_left_out():
    asked = DUE - timedelta(days=5)
    assert rules.reminder_due(DUE - timedelta(days=4), START, asked) is None
    assert rules.reminder_due(DUE - timedelta(days=2), START, asked) == 2


def test_slides_open_to_the_audience_two_hours_before_the_start():
    opens = START - timedelta(hours=2)
    assert rules.is_shown(opens, START, cancelled=False, declined=False)
    assert not rules.is_shown(opens - timedelta(seconds=1), START, cancelled=False, declined=False)
    assert not rules.is_shown(END, START, cancelled=True, declined=False)
    assert not rules.is_shown(END, START, cancelled=False, declined=True)


def test_backstage_opens_a_day_before_and_closes_shortly_after_the_end():
    opens, closes = START - timedelta(hours=24), END + timedelta(minutes=10)
    moments = [opens - timedelta(seconds=1), opens, closes - timedelta(seconds=1), closes]
    assert [rules.backstage_open(at, START, END) for at in moments] == [False, True, True, False]


@pytest.mark.parametrize(
    ("name", "version", "given_out"),
    [
        ("talk.pdf", 1, "talk.pdf"),
        ("talk.pdf", 3, "talk (v3).pdf"),
        ("talk.exe", 1, "talk.exe.pdf"),
        ("TALK.PDF", 1, "TALK.pdf"),
        ("fdp.\u202eexe", 1, "fdp.exe.pdf"),
        (".pdf", 1, "slides.pdf"),
        ("प्रस्तुति.pdf", 1, "प्रस्तुति.pdf"),
    ],
)
def test_a_download_has_a_name_that_says_what_it_is(name, version, given_out):
    assert rules.download_name(name, version) == given_out


@given(
    st.builds(
        TalkFacts,
        role=st.sampled_from(["speaker", "moderator", "discussant"]),
        answer=st.sampled_from(["waiting", "confirmed", "other_time"]),
        bio=st.sampled_from(["", "Neurosurgeon."]),
        talk_title=st.sampled_from(["", "Ten slides"]),
        disclosed_at=st.one_of(st.none(), st.just(NOW)),
        recording_consent=st.sampled_from([None, True, False]),
        decks=st.integers(0, 3),
        tested=st.booleans(),
        room_is_set=st.booleans(),
        starts_at=st.just(START),
        asked_at=st.one_of(
            st.none(), st.datetimes(datetime(2026, 9, 1), datetime(2026, 10, 14), timezones=st.just(UTC))
        ),
    ),
    st.datetimes(datetime(2026, 9, 1), datetime(2026, 10, 20), timezones=st.just(UTC)),
)
def test_only_blocked_lines_say_whom_they_wait_for_and_reminders_stop_at_the_deadline(facts, now):
    items = rules.checklist(facts, now)
    assert [item.code for item in items] == list(rules.owed(facts.role))
    assert all(item.because for item in items if item.state is ItemState.BLOCKED)
    if now >= rules.deadline(facts.starts_at, facts.asked_at):
        assert rules.reminder_due(now, facts.starts_at, facts.asked_at) is None
