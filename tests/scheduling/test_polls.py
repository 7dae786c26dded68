"""Opening, answering and settling a poll: who is asked, what is refused, what a race cannot break."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import polls as factory
from tests.factories.accounts import ada, olga, pia
from tests.factories.polls import MAYBE, NO, YES, local, poll, said, voter, votes_of
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import ens_with_olga
from tests.questions import questions as asked_of_the_database
from webinar.db.store import store
from webinar.refusal import Invalid, Refusal
from webinar.scheduling.models.poll import PollAnswer, PollVoter
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.poll import PollKind
from webinar.scheduling.rules.times import Keep, Wish
from webinar.scheduling.service import more, moving, polls, votes
from webinar.scheduling.service.change import PollOver
from webinar.scheduling.service.polls import Asked
from webinar.scheduling.service.votes import Vote
from webinar.sessions.models import Answer
from webinar.sessions.rules.start import DoubtfulStart
from webinar.sessions.service import publication

PIA, ADA = "pia@clinic.example", "ada@clinic.example"


@pytest.fixture
def olgas(clock, app):
    """Olga's draft, on Wednesday 14 October at 18:00 in Berlin."""
    found, _olga = ens_with_olga()
    return draft(found)


@pytest.fixture
def running(olgas):
    return poll(olgas)


def answers(voter: PollVoter) -> list[str]:
    store.expire_all()
    return [each.choice.value for each in sorted(voter.answers, key=lambda each: each.option_id)]


def test_options_are_instants_and_the_same_address_is_asked_once(olgas):
    people = [Asked("Pia", PIA), Asked("Pia P.", " PIA@clinic.example", required=True)]
    opened = polls.open_poll(olgas, olga(), factory.plan(people=people))
    assert [each.starts_at.isoformat() for each in opened.poll.options] == [
        "2026-10-14T16:00:00+00:00",
        "2026-10-15T16:00:00+00:00",
        "2026-10-16T07:00:00+00:00",
    ]
    assert opened.people_merged == 1
    assert [(each.name, each.required) for each in opened.poll.voters] == [("Pia", True)]


def test_a_session_has_one_poll_of_each_kind(olgas, running):
    with pytest.raises(Refusal, match="such a poll already"):
        polls.open_poll(olgas, olga(), factory.plan())
    assert poll(olgas, kind=PollKind.AUDIENCE, people=()).kind is PollKind.AUDIENCE


@pytest.mark.parametrize(
    ("deadline", "words"),
    [("2026-10-07T10:00", "lies in the past"), ("2026-10-16T09:00", "after the last of the times")],
)
def test_a_deadline_lies_ahead_and_before_the_last_time(olgas, deadline, words):
    with pytest.raises(Invalid, match=words) as refused:
        polls.open_poll(olgas, olga(), factory.plan(deadline=deadline))
    assert refused.value.field == "deadline_local"


def test_a_doubtful_deadline_is_asked_for(olgas):
    plan = factory.plan(times=("2026-10-27T18:00", "2026-10-28T18:00"), deadline="2026-10-25T02:30")
    with pytest.raises(DoubtfulStart) as refused:
        polls.open_poll(olgas, olga(), plan)
    assert refused.value.field == "deadline_local"


def test_answers_are_kept_and_can_be_changed_until_the_deadline(clock, running):
    votes_of(running, PIA, YES, NO, MAYBE)
    votes_of(running, PIA, NO, YES, MAYBE, zone_name="Asia/Kathmandu")
    assert answers(voter(running)) == ["no", "yes", "if_need_be"]
    assert voter(running).zone_name == "Asia/Kathmandu"
    clock.move_to(running.deadline_at)
    with pytest.raises(PollOver, match="deadline of this poll has passed"):
        votes_of(running, PIA, YES, YES, YES)
    store.rollback()
    assert answers(voter(running)) == ["no", "yes", "if_need_be"]


def test_an_answer_must_name_all_times_and_no_other(running):
    with pytest.raises(Invalid, match="have changed meanwhile"):
        votes.vote(voter(running), Vote(choices={running.options[0].id: YES}))


def test_a_vote_that_read_the_poll_before_it_was_closed_is_refused(running):
    before = voter(running)
    assert before.poll.closed_at is None
    polls.close(running, olga())
    store.commit()
    with pytest.raises(PollOver, match="closed"):
        votes.vote(before, said(running, YES, YES, YES))


def test_two_answers_of_one_voter_at_once_leave_one_set(running):
    first = voter(running)
    assert first.answers == []
    store.execute(
        PollAnswer.__table__.insert(),
        [{"voter_id": first.id, "option_id": each.id, "choice": NO} for each in running.options],
    )
    votes.vote(first, said(running, YES, YES, NO))  # what was read before the lock is read again
    store.commit()
    assert answers(first) == ["yes", "yes", "no"]


def test_one_press_sets_the_session_in_its_own_zone_and_counts_yes_as_confirmed(olgas):
    pias, sams = speaker(olgas), speaker(olgas, "sam@ens.example")
    running = poll(olgas, people=[Asked("Pia", PIA), Asked("Sam", "sam@ens.example")], zone_name="Asia/Tokyo",
                   times=("2026-10-15T20:00", "2026-10-16T20:00"))  # fmt: skip
    votes_of(running, PIA, NO, YES)
    votes_of(running, "sam@ens.example", YES, MAYBE)
    polls.schedule(running, olga(), running.options[1].id)
    store.commit()
    assert (olgas.starts_local, olgas.zone_name) == (local("2026-10-16T13:00"), "Europe/Berlin")
    assert (pias.answer, sams.answer) == (Answer.CONFIRMED, Answer.WAITING)
    assert running.chosen_at == olgas.starts_at


def test_a_chosen_time_in_the_second_hour_of_a_fold_is_meant_as_that(olgas):
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    running = poll(olgas, times=(Wish(local("2026-10-25T02:30"), second), "2026-10-26T18:00"))
    polls.schedule(running, olga(), running.options[0].id)
    assert (olgas.starts_local, olgas.later_fold, olgas.starts_at) == (
        local("2026-10-25T02:30"),
        True,
        second,
    )


def test_closing_twice_is_harmless_and_another_time_is_refused(olgas, running):
    first, second, _third = running.options
    polls.schedule(running, olga(), first.id)
    store.commit()
    revision, changed_at = running.revision, olgas.changed_at
    polls.schedule(running, olga(), first.id)
    assert (running.revision, olgas.changed_at) == (revision, changed_at)
    with pytest.raises(PollOver, match="another time"):
        polls.schedule(running, olga(), second.id)
    polls.close(running, olga())
    assert running.chosen_at == first.starts_at


def test_a_published_session_is_moved_like_any_other(clock, app):
    found, _olga = ens_with_olga()
    public = session(found)
    running = poll(public)
    polls.schedule(running, olga(), running.options[2].id)
    store.commit()
    assert (public.revision, public.moved_from_at) == (1, datetime(2026, 10, 14, 16, tzinfo=UTC))


def test_a_time_that_has_passed_and_a_session_that_was_cancelled_are_refused(clock, olgas, running):
    clock.move_to(running.options[0].starts_at)
    with pytest.raises(Invalid, match="lies in the past"):
        polls.schedule(running, olga(), running.options[0].id)
    store.rollback()
    assert running.closed_at is None


def test_a_closed_poll_opens_again_with_another_deadline(clock, olgas, running):
    votes_of(running, PIA, YES, NO, NO)
    polls.schedule(running, olga(), running.options[0].id)
    assert polls.extend(running, olga(), Wish(local("2026-10-12T18:00")), "Europe/Berlin") is True
    store.commit()
    assert (running.closed_at, running.chosen_at) == (None, None)
    votes_of(running, PIA, NO, YES, NO)
    assert polls.extend(running, olga(), Wish(local("2026-10-13T18:00")), "Europe/Berlin") is False


def test_a_longer_session_lengthens_the_options(olgas, running):
    olgas.minutes, olgas.ends_at = 90, olgas.starts_at + timedelta(minutes=90)
    assert {each.ends_at - each.starts_at for each in queries.times_of(running)} == {timedelta(minutes=90)}


def test_keeping_moments_changes_no_instant_and_no_answer(running):
    votes_of(running, PIA, YES, NO, MAYBE)
    before = [each.starts_at for each in running.options]
    assert moving.change_zone(running, olga(), "Asia/Kathmandu", Keep.INSTANTS) == 0
    store.commit()
    assert [each.starts_at for each in running.options] == before
    assert running.options[0].starts_local == local("2026-10-14T21:45")
    assert answers(voter(running)) == ["yes", "no", "if_need_be"]


def test_keeping_clocks_moves_the_instants_and_voids_what_was_said_to_them(running):
    votes_of(running, PIA, YES, NO, MAYBE)
    assert moving.change_zone(running, olga(), "Asia/Kathmandu", Keep.CLOCK) == 3
    store.commit()
    assert running.options[0].starts_at == datetime(2026, 10, 14, 12, 15, tzinfo=UTC)
    assert running.options[0].starts_local == local("2026-10-14T18:00")
    assert answers(voter(running)) == []
    assert voter(running).answered_at is None


def test_new_zone_data_moves_only_what_it_changes_and_a_second_look_nothing(running):
    votes_of(running, PIA, YES, NO, MAYBE)
    now, first = datetime(2026, 10, 7, 9, tzinfo=UTC), running.options[0]
    for option in running.options:
        option.tzdata_version = "2020a"
    first.starts_at -= timedelta(hours=1)  # as older zone data saw it
    store.commit()
    assert moving.follow(now) == 1
    store.commit()
    assert first.starts_at == datetime(2026, 10, 14, 16, tzinfo=UTC)
    assert answers(voter(running)) == ["no", "if_need_be"]
    assert moving.follow(now) == 0


def test_everybodys_link_makes_a_voter_but_never_changes_anothers_answers(olgas):
    open_one = poll(olgas, kind=PollKind.AUDIENCE, people=())
    votes.vote_openly(open_one, "Ada", ADA, said(open_one, YES, NO, NO))
    store.commit()
    votes.vote_openly(open_one, "Not Ada", ADA, said(open_one, NO, NO, NO))
    store.commit()
    store.expire_all()
    [only] = open_one.voters
    assert (only.name, only.came_open) == ("Ada", True)
    assert answers(only) == ["yes", "no", "no"]


def test_one_more_person_is_asked_once(running):
    more.ask_one(running, olga(), Asked("Sam", "sam@ens.example"))
    store.commit()
    with pytest.raises(Invalid, match="asked already"):
        more.ask_one(running, olga(), Asked("Sam", "SAM@ens.example"))


def test_reading_a_poll_asks_as_often_for_two_voters_as_for_twelve(olgas):
    small = poll(olgas)
    poll_id = small.id

    def read() -> None:
        found = queries.poll_of_id(poll_id)
        assert found
        queries.ballots_of(found)

    few = asked_of_the_database(read)
    small = queries.poll_of_id(poll_id)
    for number in range(10):
        more.ask_one(small, olga(), Asked(f"Guest {number}", f"guest{number}@clinic.example"))
    store.commit()
    for each in small.voters:
        votes.vote(each, said(small, YES, NO, NO))
    assert asked_of_the_database(read) == few


def test_a_cancelled_sessions_poll_takes_no_answers(clock, app):
    found, _olga = ens_with_olga()
    public = session(found)
    running = poll(public)
    publication.cancel(public, olga(), "The speaker is ill.")
    store.commit()
    with pytest.raises(PollOver, match="cancelled"):
        votes_of(running, PIA, YES, YES, YES)


def test_the_zone_of_a_voter_is_their_answers_else_their_accounts(running):
    pia().zone_name = "Asia/Kathmandu"
    store.commit()
    assert queries.zone_of(voter(running)) == "Asia/Kathmandu"
    votes_of(running, PIA, YES, YES, YES, zone_name="Africa/Cairo")
    assert queries.zone_of(voter(running)) == "Africa/Cairo"
    assert queries.zone_of(voter(running, ada().email)) is None


def test_one_more_time_keeps_the_other_answers_and_asks_everybody_for_the_new_one(running):
    votes_of(running, PIA, YES, NO, MAYBE)
    more.add_time(running, olga(), Wish(local("2026-10-15T09:00")))
    store.commit()
    assert [each.starts_at.hour for each in running.options] == [16, 7, 16, 7]
    assert voter(running).answered_at is None
    assert answers(voter(running)) == ["yes", "no", "if_need_be"]
    with pytest.raises(Invalid, match="asked about already"):
        more.add_time(running, olga(), Wish(local("2026-10-15T09:00")))


def test_a_suggested_time_becomes_an_option_in_the_polls_own_zone(running):
    at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # the second 02:30 in Berlin
    votes_of(running, PIA, NO, NO, NO, suggested_at=at, zone_name="Asia/Kathmandu")
    more.add_suggested(running, olga(), voter(running).id)
    store.commit()
    last = running.options[-1]
    assert (last.starts_at, last.starts_local, last.later_fold) == (at, local("2026-10-25T02:30"), True)
