"""Planning, publishing, moving and cancelling as the organiser does it, and what is told of it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.accounts import ada, olga
from tests.factories.sessions import WHEN, WORDS, draft, session, speaker
from tests.factories.societies import ens_with_olga, member, society
from webinar.audit.models import Entry
from webinar.db.store import store
from webinar.outbox.models import Letter
from webinar.refusal import Invalid, Missing
from webinar.sessions import queries
from webinar.sessions.models import Answer, Session, State
from webinar.sessions.rules.question import Question, QuestionKind
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.rules.start import DoubtfulStart, When
from webinar.sessions.service import answers, publication, series, speakers, timing
from webinar.sessions.service import draft as drafts
from webinar.sessions.service.answers import NothingToAnswer
from webinar.sessions.service.change import OutOfPlay, SavedMeanwhile
from webinar.sessions.service.publication import NotReady
from webinar.sessions.service.series import SeriesPlan
from webinar.timekeeping import clock as time
from webinar.timekeeping.zones import TZDATA_VERSION

pytestmark = pytest.mark.usefixtures("app")
START_AT = datetime(2026, 10, 14, 16, 0, tzinfo=UTC)


def told(prefix: str = "fact.Session") -> list[str]:
    letters = store.scalars(select(Letter).where(Letter.kind.startswith(prefix)).order_by(Letter.id))
    return [letter.kind.removeprefix("fact.") for letter in letters]


def recorded() -> list[str]:
    return list(store.scalars(select(Entry.action).where(Entry.thing == "session").order_by(Entry.id)))


def later(wall: str) -> When:
    return replace(WHEN, starts_local=datetime.fromisoformat(wall))


def test_a_draft_keeps_the_promise_and_its_instants():
    ens, _ = ens_with_olga()
    made = draft(ens)
    assert (made.starts_local, made.zone_name, made.starts_at) == (
        WHEN.starts_local,
        "Europe/Berlin",
        START_AT,
    )
    assert (made.ends_at, made.tzdata_version) == (START_AT + timedelta(hours=1), TZDATA_VERSION)
    assert (made.slug, made.state, made.revision) == (
        "flow-diverters-in-ruptured-aneurysms",
        State.DRAFT,
        0,
    )
    assert re.fullmatch(r"[0-9a-f-]{36}@example.org", made.uid)
    assert (told(), recorded()) == ([], ["session.drafted"])


def test_two_sessions_of_one_title_have_two_addresses():
    ens, _ = ens_with_olga()
    first, second = draft(ens), draft(ens)
    assert second.slug.startswith(first.slug + "-")
    assert len({first.slug, second.slug}) == 2


def test_a_draft_in_the_past_is_refused():
    ens, _ = ens_with_olga()
    with pytest.raises(Invalid) as refused:
        draft(ens, starts_local=datetime.fromisoformat("2026-10-07T11:00"))
    assert refused.value.field == "starts_local"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " \n "}, "title"),
        ({"capacity": 0}, "capacity"),
        ({"credit_scheme": "made_up"}, "credit_scheme"),
        ({"objectives": tuple("123456789")}, "objectives"),
        ({"questions": (Question("Which?", QuestionKind.CHOICE),)}, None),
        ({"questions": (Question("Why?"), Question("why?"))}, None),
    ],
)
def test_what_cannot_be_said_of_a_session_is_refused(changes, field):
    ens, _ = ens_with_olga()
    with pytest.raises(Invalid) as refused:
        draft(ens, **changes)
    assert refused.value.field == field


def test_drafts_are_seen_by_the_societys_organisers_only():
    ens, organiser = ens_with_olga()
    stranger_society = society("other", name="Another Society")
    member(stranger_society, ada())
    made = draft(ens)
    assert queries.visible_to(organiser, made.slug) is made
    for person in (None, ada()):
        with pytest.raises(Missing):
            queries.visible_to(person, made.slug)
    with pytest.raises(Missing):
        queries.by_slug(made.slug)
    with pytest.raises(Missing):
        queries.of_society(stranger_society, made.slug)


def test_publishing_makes_it_public_and_is_told_once():
    ens, organiser = ens_with_olga()
    made = draft(ens)
    publication.publish(made, organiser)
    publication.publish(made, organiser)
    assert queries.by_slug(made.slug) is made
    assert (made.published_at, made.revision) == (time.now(), 0)
    assert told() == ["SessionPublished"]


def test_blockers_forbid_publishing():
    ens, organiser = ens_with_olga()
    made = draft(ens, credit_scheme="hourly_quarter")
    pia = speaker(made)
    with pytest.raises(NotReady) as refused:
        publication.publish(made, organiser)
    assert [check.code for check in refused.value.checks] == ["disclosures"]
    answers.disclose(pia, answers.Disclosure.NONE)
    publication.publish(made, organiser)
    assert made.state == State.PUBLISHED


def test_moving_raises_the_revision_and_remembers_what_people_were_told():
    ens, organiser = ens_with_olga()
    made = session(ens)
    timing.move(made, organiser, later("2026-10-15T18:00"))
    assert (made.starts_at, made.moved_from_at, made.revision) == (
        START_AT + timedelta(days=1),
        START_AT,
        1,
    )
    assert told() == ["SessionPublished", "SessionMoved"]


def test_moving_to_the_same_time_is_no_move():
    ens, organiser = ens_with_olga()
    made = session(ens)
    timing.move(made, organiser, WHEN)
    assert (made.revision, told()) == (0, ["SessionPublished"])


def test_another_length_or_zone_is_told_as_a_change():
    ens, organiser = ens_with_olga()
    made = session(ens)
    timing.move(made, organiser, replace(WHEN, minutes=90))
    timing.move(
        made,
        organiser,
        When(datetime.fromisoformat("2026-10-14T21:45"), "Asia/Kathmandu", 90),
    )
    assert (made.starts_at, made.moved_from_at, made.revision) == (START_AT, None, 2)
    assert told() == ["SessionPublished", "SessionChanged", "SessionChanged"]


def test_moving_a_draft_is_told_to_nobody():
    ens, organiser = ens_with_olga()
    made = draft(ens)
    timing.move(made, organiser, later("2026-10-15T18:00"))
    assert (made.revision, made.moved_from_at, told()) == (0, None, [])


def test_a_doubtful_time_moves_nothing_until_it_is_answered():
    ens, organiser = ens_with_olga()
    made = session(ens)
    doubtful = later("2026-10-25T02:30")
    with pytest.raises(DoubtfulStart) as doubt:
        timing.move(made, organiser, doubtful)
    assert made.starts_at == START_AT
    second = doubt.value.choices[1].instant
    timing.move(made, organiser, replace(doubtful, chosen_at=second))
    assert (made.starts_at, made.later_fold) == (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), True)


def test_a_session_cannot_move_into_the_past_nor_after_it_was_held(clock):
    ens, organiser = ens_with_olga()
    made = session(ens)
    with pytest.raises(Invalid):
        timing.move(made, organiser, later("2026-10-06T18:00"))
    clock.move_to(START_AT + timedelta(minutes=5))
    with pytest.raises(Invalid):
        timing.move(made, organiser, later("2026-10-15T18:00"))
    timing.move(made, organiser, replace(WHEN, minutes=90))
    clock.move_to(made.ends_at)
    with pytest.raises(OutOfPlay):
        timing.move(made, organiser, later("2026-10-30T18:00"))


def test_a_new_title_is_told_but_a_typo_in_the_abstract_is_not():
    ens, organiser = ens_with_olga()
    made = session(ens)
    drafts.edit(made, organiser, replace(WORDS, abstract="Three cases, four continents."))
    assert (made.revision, told()) == (0, ["SessionPublished"])
    drafts.edit(made, organiser, replace(WORDS, title="Flow diverters, twice"))
    assert (made.revision, told()) == (1, ["SessionPublished", "SessionChanged"])
    assert made.slug == "flow-diverters-in-ruptured-aneurysms"


def test_saving_what_stands_already_changes_nothing():
    ens, organiser = ens_with_olga()
    made = session(ens)
    before = made.changed_at
    drafts.edit(made, organiser, WORDS)
    assert (made.changed_at, recorded()) == (before, ["session.drafted", "session.published"])


@pytest.mark.parametrize(
    ("before", "after", "facts"),
    [(10, 12, 1), (10, None, 1), (12, 10, 0), (None, 10, 0)],
)
def test_more_seats_are_told_so_that_the_waiting_list_moves(before, after, facts):
    ens, organiser = ens_with_olga()
    made = session(ens, capacity=before)
    drafts.edit(made, organiser, replace(WORDS, capacity=after))
    assert len(told("fact.CapacityRaised")) == facts


def test_a_save_from_an_old_page_is_refused():
    ens, organiser = ens_with_olga()
    made = draft(ens)
    opened_at = made.changed_at
    drafts.edit(made, organiser, replace(WORDS, title="First"), seen_at=opened_at)
    with pytest.raises(SavedMeanwhile):
        drafts.edit(made, organiser, replace(WORDS, title="Second"), seen_at=opened_at)
    assert made.title == "First"
    drafts.edit(made, organiser, replace(WORDS, title="Second"), seen_at=made.changed_at)
    assert made.title == "Second"


def test_cancelling_needs_a_reason_and_is_told_once():
    ens, organiser = ens_with_olga()
    made = session(ens)
    with pytest.raises(Invalid) as refused:
        publication.cancel(made, organiser, "  ")
    assert refused.value.field == "because"
    publication.cancel(made, organiser, "The speaker is ill.")
    publication.cancel(made, organiser, "Again.")
    assert (made.state, made.revision, made.cancelled_because) == (
        State.CANCELLED,
        1,
        "The speaker is ill.",
    )
    assert told() == ["SessionPublished", "SessionCancelled"]
    assert queries.by_slug(made.slug) is made


def test_a_cancelled_draft_stays_invisible_and_untold():
    ens, organiser = ens_with_olga()
    made = draft(ens)
    publication.cancel(made, organiser, "Not this year.")
    assert told() == []
    with pytest.raises(Missing):
        queries.by_slug(made.slug)


def test_what_was_cancelled_or_held_stays_as_it_is(clock):
    ens, organiser = ens_with_olga()
    called_off, held = session(ens), session(ens)
    publication.cancel(called_off, organiser, "Ill.")
    with pytest.raises(OutOfPlay):
        drafts.edit(called_off, organiser, replace(WORDS, title="New"))
    with pytest.raises(OutOfPlay):
        publication.publish(called_off, organiser)
    clock.move_to(held.ends_at)
    with pytest.raises(OutOfPlay):
        publication.cancel(held, organiser, "Too late.")


def older(made: Session, by: timedelta) -> None:
    """As if derived with zone data that was wrong by this much."""
    made.starts_at, made.ends_at, made.tzdata_version = made.starts_at - by, made.ends_at - by, "2020a"
    store.commit()


def test_new_zone_data_moves_the_instant_and_keeps_the_promise():
    ens, _ = ens_with_olga()
    made, unmoved = session(ens), session(ens)
    older(made, timedelta(hours=1))
    unmoved.tzdata_version = "2020a"
    assert [each.session for each in timing.reinstant(time.now())] == [made]
    assert (made.starts_local, made.zone_name, made.starts_at) == (
        WHEN.starts_local,
        "Europe/Berlin",
        START_AT,
    )
    assert (made.moved_from_at, made.revision) == (START_AT - timedelta(hours=1), 1)
    assert (made.tzdata_version, unmoved.tzdata_version) == (TZDATA_VERSION, TZDATA_VERSION)
    assert unmoved.revision == 0
    assert told() == ["SessionPublished", "SessionPublished", "SessionMoved"]
    assert timing.reinstant(time.now()) == ()


def test_past_sessions_keep_the_instant_they_had(clock):
    ens, _ = ens_with_olga()
    made = session(ens)
    older(made, timedelta(hours=1))
    clock.move_to(made.starts_at)
    assert timing.reinstant(time.now()) == ()
    assert made.starts_at == START_AT - timedelta(hours=1)


def test_the_second_of_a_doubled_hour_stays_the_second_under_new_zone_data():
    ens, _ = ens_with_olga()
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    made = session(ens, starts_local=datetime.fromisoformat("2026-10-25T02:30"), chosen_at=second)
    older(made, timedelta(hours=1))
    timing.reinstant(time.now(), only_stale=True)
    assert made.starts_at == second


def plan(**changes) -> SeriesPlan:
    words = replace(WORDS, title="Vascular series", abstract="Monthly cases.", objectives=())
    values = {"words": words, "when": WHEN, "rhythm": Rhythm(Every.WEEK, count=3)} | changes
    return SeriesPlan(**values)


def test_a_series_makes_its_sessions_as_numbered_drafts_in_wall_time():
    ens, organiser = ens_with_olga()
    made = series.plan_series(ens, organiser, plan())
    sessions = queries.of_series(made.id)
    assert (made.slug, made.rule, made.about) == (
        "vascular-series",
        "FREQ=WEEKLY;COUNT=3;BYDAY=WE",
        "Monthly cases.",
    )
    assert [(s.series_number, s.slug, s.state, s.starts_local.hour, s.starts_at.hour) for s in sessions] == [
        (1, "vascular-series-1", State.DRAFT, 18, 16),
        (2, "vascular-series-2", State.DRAFT, 18, 16),
        (3, "vascular-series-3", State.DRAFT, 18, 17),
    ]
    assert len({s.uid for s in sessions}) == 3
    assert queries.series_by_slug(ens.id, "vascular-series") is made


def test_a_series_may_end_on_a_date():
    ens, organiser = ens_with_olga()
    made = series.plan_series(
        ens, organiser, plan(rhythm=Rhythm(Every.WEEKDAY_OF_MONTH, until=date(2027, 1, 13)))
    )
    assert [s.starts_local.date().isoformat() for s in queries.of_series(made.id)] == [
        *("2026-10-14", "2026-11-11", "2026-12-09", "2027-01-13")
    ]


def test_sessions_at_the_same_time_are_named():
    ens, organiser = ens_with_olga()
    sister = session(ens, title="Spine club", starts_local=datetime.fromisoformat("2026-10-21T18:30"))
    session(ens, title="Another day", starts_local=datetime.fromisoformat("2026-10-22T18:30"))
    _, found = series.dates_of(plan())
    assert series.clashes(ens, found) == (sister,)
    del organiser


def test_a_series_that_begins_in_the_past_is_refused():
    ens, organiser = ens_with_olga()
    with pytest.raises(Invalid):
        series.plan_series(ens, organiser, plan(when=later("2026-10-06T18:00")))


def test_speakers_stand_in_order_and_are_asked_once():
    ens, organiser = ens_with_olga()
    made = draft(ens)
    pia, quinn = speaker(made), speaker(made, "quinn@clinic.example", "Quinn")
    with pytest.raises(Invalid) as refused:
        speaker(made, "PIA@clinic.example")
    assert refused.value.field == "email"
    speakers.reorder(made, organiser, quinn, by=-1)
    assert [s.name for s in made.speakers] == ["Quinn", "Pia Presenter"]
    speakers.remove_speaker(made, organiser, quinn)
    assert [(s.name, s.position) for s in made.speakers] == [("Pia Presenter", 1)]
    assert told("fact.SpeakerInvited") == ["SpeakerInvited", "SpeakerInvited"]
    assert pia.person_id is not None


def test_a_biography_is_reused_within_the_society_only():
    ens, _ = ens_with_olga()
    other = society("other", name="Another Society")
    pia = speaker(draft(ens))
    answers.describe(pia, answers.Profile("Dr Pia Presenter", "Clinic", "Works in Birgunj."))
    assert speaker(draft(ens)).bio == "Works in Birgunj."
    assert speaker(draft(other)).bio == ""


def test_a_speaker_of_one_session_is_not_one_of_another():
    ens, _ = ens_with_olga()
    pia, elsewhere = speaker(draft(ens)), draft(ens)
    with pytest.raises(Missing):
        queries.speaker_of(elsewhere, pia.id)


@pytest.mark.parametrize("talk_minutes", [0, 61])
def test_a_talk_fits_into_its_session(talk_minutes):
    ens, _ = ens_with_olga()
    with pytest.raises(Invalid) as refused:
        speaker(draft(ens), talk_minutes=talk_minutes)
    assert refused.value.field == "talk_minutes"


def test_answers_are_kept_and_each_is_told():
    ens, _ = ens_with_olga()
    pia = speaker(draft(ens))
    answers.answer(pia, Answer.CONFIRMED)
    answers.answer(pia, Answer.CONFIRMED)
    answers.answer(pia, Answer.DECLINED, note="Sorry.", instead="Dr Quinn")
    assert (pia.answer, pia.answer_note) == (Answer.DECLINED, "Sorry.\nAsk instead: Dr Quinn")
    assert told("fact.SpeakerAnswered") == ["SpeakerAnswered", "SpeakerAnswered"]


def test_another_time_needs_to_be_named():
    ens, _ = ens_with_olga()
    with pytest.raises(Invalid) as refused:
        answers.answer(speaker(draft(ens)), Answer.OTHER_TIME)
    assert refused.value.field == "note"


def test_listed_interests_need_a_list_and_none_forgets_it():
    ens, _ = ens_with_olga()
    pia = speaker(draft(ens))
    with pytest.raises(Invalid):
        answers.disclose(pia, answers.Disclosure.LISTED, " ")
    answers.disclose(pia, answers.Disclosure.LISTED, "Acme: fees")
    answers.disclose(pia, answers.Disclosure.NONE, "Acme: fees")
    assert (pia.disclosure, pia.disclosure_text, pia.disclosed_at) == (
        answers.Disclosure.NONE,
        "",
        time.now(),
    )


def test_consent_can_be_withdrawn_after_the_session(clock):
    ens, _ = ens_with_olga()
    made = session(ens)
    pia = speaker(made)
    answers.consent(pia, True)
    clock.move_to(made.ends_at + timedelta(days=30))
    answers.consent(pia, False)
    assert (pia.recording_consent, pia.consented_at) == (False, time.now())
    with pytest.raises(NothingToAnswer):
        answers.answer(pia, Answer.CONFIRMED)


def test_speakers_confirm_again_when_their_session_moves():
    ens, organiser = ens_with_olga()
    made = session(ens)
    pia, quinn = speaker(made), speaker(made, "quinn@clinic.example", "Quinn")
    answers.answer(pia, Answer.CONFIRMED)
    answers.answer(quinn, Answer.DECLINED)
    timing.move(made, organiser, later("2026-10-15T18:00"))
    assert (pia.answer, quinn.answer) == (Answer.WAITING, Answer.DECLINED)
    assert told("mail.speaker_moved") == ["mail.speaker_moved"]


def test_lists_hold_what_their_name_says(clock):
    ens, organiser = ens_with_olga()
    other = society("other", name="Another Society")
    soon, hidden = session(ens, title="Soon"), draft(ens, title="Hidden")
    elsewhere, off = session(other, title="Elsewhere"), session(ens, title="Off")
    publication.cancel(off, organiser, "Ill.")
    now = time.now()
    assert list(queries.coming(ens.id, now)) == [soon, off]
    assert list(queries.coming(None, now)) == [soon, elsewhere, off]
    assert list(queries.drafts(ens.id)) == [hidden]
    clock.move_to(soon.ends_at)
    assert list(queries.past(ens.id, time.now())) == [soon]
    assert list(queries.coming(ens.id, time.now())) == []


def test_who_worked_on_a_session_looks_after_it():
    ens, organiser = ens_with_olga()
    assert list(queries.organisers_of(draft(ens))) == [olga()]
    del organiser
