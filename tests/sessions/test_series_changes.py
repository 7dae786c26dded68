"""Changing a series in the store: applied whole or not at all, told like single moves, identities kept."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.factories.accounts import olga
from tests.factories.sessions import WHEN, WORDS, speaker
from tests.factories.societies import ens_with_olga
from webinar.accounts.models import Person
from webinar.audit.models import Entry
from webinar.db.store import store
from webinar.outbox.models import Letter
from webinar.refusal import Invalid
from webinar.sessions import queries
from webinar.sessions.models import Answer, Series, Session, State
from webinar.sessions.rules.reshape.exceptions import exceptions
from webinar.sessions.rules.reshape.values import Fate, Reshape, Scope, Wish
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.service import draft as drafts
from webinar.sessions.service import hours, publication, reshape, rewording, timing
from webinar.sessions.service.next import next_of, plan_next
from webinar.sessions.service.reshape import SeriesSavedMeanwhile
from webinar.sessions.service.rewording import NewWords
from webinar.sessions.service.series import SeriesPlan, plan_series
from webinar.societies.models import Society

pytestmark = pytest.mark.usefixtures("app")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def rounds(count: int = 4, *, published: int = 0) -> Series:
    """A weekly series from Wednesday 14 October 18:00 Berlin on, its first sessions published."""
    society, organiser = ens_with_olga()
    return rounds_of(society, organiser, count, published)


def rounds_of(society: Society, organiser: Person, count: int, published: int = 0) -> Series:
    plan = SeriesPlan(replace(WORDS, title="Rounds"), WHEN, Rhythm(Every.WEEK, count=count))
    made = plan_series(society, organiser, plan)
    for session in queries.of_series(made.id)[:published]:
        publication.publish(session, organiser)
    store.commit()
    return made


def sessions_of(series: Series) -> list[Session]:
    store.expire_all()
    return list(queries.of_series(series.id))


def wish(session: Session, scope: Scope, starts: str, count: int) -> Wish:
    when = replace(WHEN, starts_local=wall(starts))
    return Wish(scope, session.id, when, Rhythm(Every.WEEK, count=count))


def looked_at(series: Series, typed: Wish) -> tuple[Reshape, str]:
    change = reshape.previewed(series, typed)
    return change, reshape.version_seen(series, change.fingerprint)


def applied(series: Series, typed: Wish, because: str = "") -> tuple[Reshape, Series]:
    change, seen = looked_at(series, typed)
    after = reshape.reshape_series(series, olga(), typed, seen=seen, because=because)
    store.commit()
    return change, after


def told() -> list[str]:
    letters = store.scalars(select(Letter).where(Letter.kind.startswith("fact.Session")).order_by(Letter.id))
    return [letter.kind.removeprefix("fact.Session") for letter in letters]


def excepted(series: Series):
    standings = [reshape.standing_of(session) for session in sessions_of(series)]
    return exceptions(reshape.shape_of(series), standings)


def test_a_series_and_its_dates_have_an_identity():
    one = rounds()
    other = rounds_of(one.society, olga(), 2)
    assert one.uid != other.uid
    assert (one.revision, one.split_from_id) == (0, None)
    assert [each.series_starts_local for each in sessions_of(one)] == [
        each.starts_local for each in sessions_of(one)
    ]


def test_what_was_looked_at_is_what_is_applied_and_everybody_is_told_once():
    series = rounds(published=2)
    identities = [(each.id, each.uid, each.slug) for each in sessions_of(series)]
    pia = speaker(sessions_of(series)[1])
    pia.answer = Answer.CONFIRMED
    store.commit()
    change, after = applied(series, wish(sessions_of(series)[0], Scope.ALL, "2026-10-15T19:00", 4))
    found = sessions_of(series)
    assert after.id == series.id
    assert [(each.starts_at, each.ends_at) for each in found] == [
        (line.new.starts_at, line.new.ends_at) for line in change.lines
    ]
    assert [(each.id, each.uid, each.slug) for each in found] == identities
    assert told() == ["Published", "Published", "Moved", "Moved"]
    assert [each.revision for each in found] == [1, 1, 0, 0]
    assert found[1].moved_from_at == datetime(2026, 10, 21, 16, tzinfo=UTC)
    assert found[1].speakers[0].answer == Answer.WAITING
    assert (series.rule, series.starts_local) == ("FREQ=WEEKLY;COUNT=4;BYDAY=TH", wall("2026-10-15T19:00"))
    told_of = excepted(series)
    assert (told_of.excluded, told_of.extra, told_of.moved) == ((), (), ())
    assert series.revision == 3  # two sessions were told, and the rule itself
    entry = store.scalars(select(Entry).where(Entry.action == "series.reshaped")).one()
    assert (entry.detail["scope"], entry.detail["moved"]) == ("all", 4)


def test_the_preview_writes_nothing():
    series = rounds(published=1)
    looked_at(series, wish(sessions_of(series)[1], Scope.FOLLOWING, "2026-10-22T19:00", 3))
    assert not store.dirty
    assert not store.new


def test_two_organisers_at_once_the_second_is_told_and_nothing_of_theirs_is_written():
    series = rounds()
    typed = wish(sessions_of(series)[0], Scope.ALL, "2026-10-15T19:00", 4)
    _, seen = looked_at(series, typed)
    timing.move(sessions_of(series)[2], olga(), replace(WHEN, starts_local=wall("2026-10-29T12:00")))
    store.commit()
    with pytest.raises(SeriesSavedMeanwhile):
        reshape.reshape_series(series, olga(), typed, seen=seen)
    store.rollback()
    assert sessions_of(series)[0].starts_local == wall("2026-10-14T18:00")


def test_those_that_follow_split_off_with_their_seats_and_addresses():
    series = rounds(published=4)
    identities = [(each.id, each.uid, each.slug) for each in sessions_of(series)]
    _, follower = applied(series, wish(sessions_of(series)[2], Scope.FOLLOWING, "2026-10-29T18:00", 2))
    kept, gone = sessions_of(series), sessions_of(follower)
    assert (follower.split_from_id, follower.title) == (series.id, "Rounds")
    assert follower.uid != series.uid
    assert follower.slug != series.slug
    assert (series.rule, follower.rule) == ("FREQ=WEEKLY;COUNT=2;BYDAY=WE", "FREQ=WEEKLY;COUNT=2;BYDAY=TH")
    assert [(each.id, each.uid, each.slug) for each in [*kept, *gone]] == identities
    assert [each.series_number for each in [*kept, *gone]] == [1, 2, 1, 2]
    assert [each.series.id for each in gone] == [follower.id, follower.id]
    for each in (series, follower):
        assert (excepted(each).excluded, excepted(each).extra, excepted(each).moved) == ((), (), ())


def test_one_session_moved_or_cancelled_is_an_exception_of_the_rule():
    series = rounds(3, published=3)
    one, two, three = sessions_of(series)
    applied(series, wish(two, Scope.ONE, "2026-10-22T12:00", 1))
    publication.cancel(three, olga(), "The hall is closed")
    store.commit()
    found = excepted(series)
    assert found.excluded == (wall("2026-10-28T18:00"),)
    assert [(each.session_id, each.planned_local) for each in found.moved] == [
        (two.id, wall("2026-10-21T18:00"))
    ]
    assert (series.revision, one.revision, two.revision, three.revision) == (2, 0, 1, 1)


def test_fewer_dates_cancel_what_is_known_for_a_reason_and_give_up_drafts_quietly():
    series = rounds(4, published=3)
    typed = wish(sessions_of(series)[0], Scope.ALL, "2026-10-14T18:00", 2)
    with pytest.raises(Invalid) as refused:
        applied(series, typed)
    assert refused.value.field == "because"
    store.rollback()
    applied(series, typed, "Two are enough")
    found = sessions_of(series)
    assert [each.state for each in found] == [State.PUBLISHED] * 2 + [State.CANCELLED] * 2
    assert [each.cancelled_because for each in found[2:]] == ["Two are enough"] * 2
    assert told()[3:] == ["Cancelled"]
    assert queries.series_length(series.id) == 3
    assert excepted(series).excluded == ()


def test_more_dates_are_new_drafts_with_the_habits_of_the_series():
    series = rounds(2, published=2)
    applied(series, wish(sessions_of(series)[0], Scope.ALL, "2026-10-14T18:00", 4))
    added = sessions_of(series)[2:]
    assert [(each.title, each.state, each.series_number) for each in added] == [
        ("Rounds", State.DRAFT, 3),
        ("Rounds", State.DRAFT, 4),
    ]
    assert [each.starts_local for each in added] == [wall("2026-10-28T18:00"), wall("2026-11-04T18:00")]
    assert told() == ["Published", "Published"]


def test_sessions_at_the_same_time_are_named():
    series = rounds(2)
    other = drafts.draft(series.society, olga(), WORDS, replace(WHEN, starts_local=wall("2026-10-15T18:30")))
    change, _ = looked_at(series, wish(sessions_of(series)[0], Scope.ALL, "2026-10-15T18:00", 2))
    assert reshape.clashing(series, change) == (other,)
    same, _ = looked_at(series, wish(sessions_of(series)[0], Scope.ALL, "2026-10-14T18:00", 2))
    assert reshape.clashing(series, same) == ()


def test_a_second_live_hour_goes_along_by_the_clock():
    series = rounds(2, published=1)
    one = sessions_of(series)[0]
    late = hours.add_hour(one, olga(), replace(WHEN, starts_local=wall("2026-10-15T02:00")))
    store.commit()
    applied(series, wish(one, Scope.ALL, "2026-10-15T19:00", 2))
    assert (one.starts_local, late.starts_local) == (wall("2026-10-15T19:00"), wall("2026-10-16T03:00"))
    first, _second = sessions_of(series)
    assert first.id == one.id


# Words


def reworded(series: Series, session: Session, typed: NewWords):
    found = rewording.previewed(series, session, typed)
    seen = rewording.version_of_words(series, typed, found)
    rewording.reword_series(series, session, olga(), typed, seen=seen)
    store.commit()
    return found


def test_only_changed_words_go_to_all_and_their_own_words_stay():
    series = rounds(3, published=1)
    one, two, _ = sessions_of(series)
    drafts.edit(two, olga(), replace(WORDS, title="Guest lecture", abstract="Hers"))
    store.commit()
    words = replace(WORDS, title="Grand rounds", abstract="", capacity=40)
    found = reworded(series, one, NewWords(Scope.ALL, words))
    assert [(each.put, each.own) for each in found] == [
        (("title", "capacity"), ()),
        (("capacity",), ("title",)),
        (("title", "capacity"), ()),
    ]
    assert [(each.title, each.capacity) for each in sessions_of(series)] == [
        ("Grand rounds", 40),
        ("Guest lecture", 40),
        ("Grand rounds", 40),
    ]
    assert (two.abstract, series.title) == ("Hers", "Grand rounds")
    assert told() == ["Published", "Changed"]


def test_words_of_those_that_follow_leave_the_earlier_alone():
    series = rounds(3)
    two = sessions_of(series)[1]
    reworded(series, two, NewWords(Scope.FOLLOWING, replace(WORDS, title="Spine rounds", abstract="")))
    assert [each.title for each in sessions_of(series)] == ["Rounds", "Spine rounds", "Spine rounds"]
    assert series.title == "Rounds"


def test_new_words_that_somebody_overtook_are_refused():
    series = rounds(2)
    one, two = sessions_of(series)
    typed = NewWords(Scope.ALL, replace(WORDS, title="Grand rounds", abstract=""))
    seen = rewording.version_of_words(series, typed, rewording.previewed(series, one, typed))
    drafts.edit(two, olga(), replace(WORDS, title="Guest lecture", abstract=""))
    store.commit()
    with pytest.raises(SeriesSavedMeanwhile):
        rewording.reword_series(series, one, olga(), typed, seen=seen)


# The next session


def test_the_next_session_lies_on_the_next_date_and_the_rule_grows():
    series = rounds(2)
    offer = next_of(series)
    assert (offer.when.starts_local, offer.words.title, offer.extends) == (
        wall("2026-10-28T18:00"),
        "Rounds",
        True,
    )
    made = plan_next(series, olga(), offer.words, offer.when)
    store.commit()
    assert (series.rule, made.series_number) == ("FREQ=WEEKLY;COUNT=3;BYDAY=WE", 3)
    assert made.series_starts_local == wall("2026-10-28T18:00")
    assert made.speakers == []
    assert (excepted(series).excluded, excepted(series).extra) == ((), ())


def test_another_time_is_an_extra_date():
    series = rounds(2)
    offer = next_of(series)
    made = plan_next(series, olga(), offer.words, replace(offer.when, starts_local=wall("2026-10-17T10:00")))
    store.commit()
    assert (series.rule, made.series_starts_local, made.series_number) == (
        "FREQ=WEEKLY;COUNT=2;BYDAY=WE",
        None,
        2,
    )
    assert [each.session_id for each in excepted(series).extra] == [made.id]


def test_after_a_pause_the_next_session_is_an_extra_date_still_to_come():
    series = rounds(2)
    series.rule = "FREQ=WEEKLY;UNTIL=20260916T160000Z;BYDAY=WE"
    series.starts_local = wall("2026-09-09T18:00")
    store.commit()
    offer = next_of(series)
    assert (offer.when.starts_local, offer.extends) == (wall("2026-10-07T18:00"), False)


def test_a_rule_that_ends_on_a_day_grows_to_the_new_date():
    series = rounds(2)
    series.rule = "FREQ=WEEKLY;UNTIL=20261021T215959Z;BYDAY=WE"
    store.commit()
    offer = next_of(series)
    plan_next(series, olga(), offer.words, offer.when)
    assert series.rule == "FREQ=WEEKLY;UNTIL=20261028T170000Z;BYDAY=WE"
    past = replace(offer.when, starts_local=wall("2026-10-01T18:00"))
    with pytest.raises(Invalid):
        plan_next(series, olga(), offer.words, past)


def test_a_draft_that_nobody_knows_is_given_up_without_a_reason():
    series = rounds(3)
    change, _ = applied(series, wish(sessions_of(series)[0], Scope.ALL, "2026-10-14T18:00", 2))
    assert [line.fate for line in change.lines] == [Fate.KEPT, Fate.KEPT, Fate.DROPPED]
    assert sessions_of(series)[2].cancelled_because == "The series has fewer dates now."
