"""A session with two live hours: two rows, one session to people (decision 0010); and its discussion."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.accounts import olga
from tests.factories.sessions import NIGHT, NOON, WORDS, draft, session, speaker, two_hours
from tests.factories.societies import society
from webinar.db.store import store
from webinar.outbox import queries as outbox
from webinar.refusal import Invalid
from webinar.sessions import queries
from webinar.sessions.models import Answer, State
from webinar.sessions.rules.start import DoubtfulStart, When
from webinar.sessions.rules.window import Window
from webinar.sessions.service import draft as drafts
from webinar.sessions.service import hours, publication, timing
from webinar.sessions.service.change import OutOfPlay
from webinar.timekeeping import clock as clocks


def local(text):
    return datetime.fromisoformat(text)


WINDOW = Window(local("2026-10-13T09:00"), local("2026-10-16T09:00"))


def letters(kind):
    store.commit()
    return [letter.payload for letter in outbox.with_prefix(f"fact:{kind}:")]


def test_a_second_hour_has_the_words_of_the_first_and_a_time_seats_and_uid_of_its_own(app):
    first = draft(society(), **vars(NIGHT), capacity=20)
    second = hours.add_hour(first, olga(), NOON, capacity=5)
    assert [hour.hour for hour in queries.hours_of(first)] == [1, 2]
    assert queries.hours_of(second) == (first, second)
    assert (second.title, second.abstract, second.state) == (first.title, first.abstract, State.DRAFT)
    assert second.starts_at == datetime(2026, 10, 15, 11, tzinfo=UTC)
    assert (second.capacity, first.capacity) == (5, 20)
    assert second.slug == f"{first.slug}-b"
    assert second.uid != first.uid


def test_a_doubtful_second_hour_is_refused_with_both_choices(app):
    first = draft(society(), **vars(replace(NIGHT, starts_local=local("2026-10-24T18:00"))))
    with pytest.raises(DoubtfulStart) as doubt:
        hours.add_hour(first, olga(), replace(NOON, starts_local=local("2026-10-25T02:30")))
    assert len(doubt.value.choices) == 2


def test_there_are_at_most_two_hours_and_the_second_comes_after_the_first(app):
    ens = society()
    first, _second = two_hours(ens)
    with pytest.raises(hours.TwoAlready):
        hours.add_hour(first, olga(), replace(NOON, starts_local=local("2026-10-16T13:00")))
    alone = session(ens, **vars(NOON))
    with pytest.raises(Invalid, match="begins after the first has ended"):
        hours.add_hour(alone, olga(), NIGHT)


def test_both_hours_are_published_and_told_as_one_session(app):
    first, second = two_hours(society())
    assert (first.state, second.state) == (State.PUBLISHED, State.PUBLISHED)
    assert second.published_at is not None
    assert [each["session_id"] for each in letters("SessionPublished")] == [first.id]


def test_both_hours_are_cancelled_together_and_each_ones_people_told(app):
    first, second = two_hours(society())
    publication.cancel(second, olga(), "The speaker is ill.")
    assert (first.state, second.state) == (State.CANCELLED, State.CANCELLED)
    assert [each["session_id"] for each in letters("SessionCancelled")] == [first.id, second.id]


def test_after_the_first_hour_was_held_only_the_second_can_be_cancelled(app, clock):
    first, second = two_hours(society())
    clock.move_to(first.ends_at + timedelta(minutes=1))
    publication.cancel(first, olga(), "The speaker is ill.")
    assert (first.state, second.state) == (State.PUBLISHED, State.CANCELLED)


def test_edits_of_the_words_carry_to_the_second_hour_but_seats_do_not(app):
    first, second = two_hours(society(), capacity=20, second_capacity=5)
    drafts.edit(second, olga(), replace(WORDS, title="Another title", capacity=30))
    assert (first.title, second.title) == ("Another title", "Another title")
    assert (first.capacity, second.capacity) == (30, 5)
    assert [each["session_id"] for each in letters("SessionChanged")] == [first.id, second.id]


def test_each_hour_moves_by_itself_but_they_never_change_places(app):
    first, second = two_hours(society())
    timing.move(second, olga(), replace(NOON, starts_local=local("2026-10-15T14:00")))
    assert second.starts_at == datetime(2026, 10, 15, 12, tzinfo=UTC)
    assert [each["session_id"] for each in letters("SessionMoved")] == [second.id]
    with pytest.raises(Invalid, match="begins after the first has ended"):
        timing.move(first, olga(), replace(NOON, starts_local=local("2026-10-16T13:00")))


def test_speakers_are_asked_again_when_an_hour_is_added_or_moved(app):
    first = draft(society(), **vars(NIGHT))
    pia = speaker(first)
    pia.answer = Answer.CONFIRMED
    second = hours.add_hour(first, olga(), NOON)
    assert pia.answer is Answer.WAITING
    pia.answer = Answer.CONFIRMED
    timing.move(second, olga(), replace(NOON, starts_local=local("2026-10-15T14:00")))
    assert pia.answer is Answer.WAITING
    assert len(outbox.with_prefix("mail:speaker_hour:")) == 1
    assert len(outbox.with_prefix("mail:speaker_moved:")) == 1


def test_a_second_hour_is_taken_off_and_the_first_stays_alone(app):
    first, second = two_hours(society())
    with pytest.raises(Invalid, match="Please say why"):
        hours.remove_hour(second, olga(), "")
    hours.remove_hour(second, olga(), "The speaker cannot come twice.")
    hours.remove_hour(second, olga(), "Twice is harmless.")
    assert queries.hours_of(first) == (first,)
    assert (first.state, first.hour, second.state) == (State.PUBLISHED, None, State.CANCELLED)
    assert queries.other_hour(second) == first
    assert [each["session_id"] for each in letters("SessionCancelled")] == [second.id]
    third = hours.add_hour(first, olga(), NOON)
    assert queries.hours_of(first) == (first, third)


def test_a_discussion_is_open_around_its_hours_and_moves_with_the_first(app):
    first, second = two_hours(society())
    timing.set_window(first, olga(), WINDOW)
    assert first.window_opens_at == datetime(2026, 10, 13, 7, tzinfo=UTC)
    assert first.window_closes_at == datetime(2026, 10, 16, 7, tzinfo=UTC)
    timing.move(first, olga(), replace(NIGHT, starts_local=local("2026-10-14T21:30")))
    assert first.window_opens_local == local("2026-10-13T08:00")
    with pytest.raises(Invalid, match="open until the last live hour") as refused:
        timing.move(second, olga(), replace(NOON, starts_local=local("2026-10-17T13:00")))
    assert refused.value.field == "starts_local"
    timing.set_window(first, olga(), None)
    assert first.window_opens_at is None


def test_a_window_that_leaves_an_hour_out_is_refused_at_its_own_field(app):
    first, _second = two_hours(society())
    with pytest.raises(Invalid) as refused:
        timing.set_window(first, olga(), replace(WINDOW, closes_local=local("2026-10-15T13:00")))
    assert refused.value.field == "closes_local"


def test_new_zone_data_derive_the_window_again_also_while_it_is_open(app, clock):
    first = session(society(), **vars(NIGHT))
    timing.set_window(first, olga(), WINDOW)
    promised = first.window_closes_at
    first.window_closes_at = promised + timedelta(hours=1)
    store.commit()
    clock.move_to(first.ends_at + timedelta(hours=1))
    timing.reinstant(clocks.now())
    assert first.window_closes_at == promised


def test_nothing_is_changed_once_the_last_hour_was_held(app, clock):
    first, second = two_hours(society())
    clock.move_to(first.ends_at + timedelta(minutes=1))
    drafts.edit(first, olga(), replace(WORDS, title="Between the hours"))
    assert second.title == "Between the hours"
    clock.move_to(second.ends_at + timedelta(minutes=1))
    with pytest.raises(OutOfPlay):
        drafts.edit(first, olga(), WORDS)


def test_an_hour_that_was_taken_off_cannot_be_moved(app):
    first, second = two_hours(society())
    hours.remove_hour(second, olga(), "No.")
    with pytest.raises(OutOfPlay):
        timing.move(second, olga(), When(local("2026-10-20T13:00"), "Europe/Berlin", 60))
    assert first.hour is None
