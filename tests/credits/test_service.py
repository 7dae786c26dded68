"""Awarding a session: once per input, by the rule of its first day, with what stood before it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.factories.awards import (
    MINUTE,
    attended,
    award,
    be_present,
    close_attendance,
    held_session,
    speaker,
)
from tests.factories.awards import seat as a_seat
from tests.factories.societies import ens_with_olga
from tests.questions import questions
from webinar.audit.models import Entry
from webinar.credits import queries, service
from webinar.credits.models import Award
from webinar.credits.rules.change import Change
from webinar.db.store import store
from webinar.outbox.models import Letter
from webinar.sessions.models import Answer, Session, SpeakerRole, State


def credits(session):
    return {each.seat.name: each.credit for each in queries.current_awards(session.id)}


def facts():
    kinds = store.scalars(
        select(Letter.kind).where(Letter.kind.startswith("fact.Credit")).order_by(Letter.id)
    )
    return list(kinds)


def test_each_seat_with_presence_is_awarded_under_the_rule_with_its_steps(app):
    session, olga, (ada, _ben, absent) = attended(40, 60, 0)
    award(session, olga)
    assert credits(session) == {"Ada Attendee": "0.75", "Ben Attendee": "1.00"}
    kept = store.scalar(select(Award).where(Award.seat_id == ada.id))
    assert (kept.scheme_id, kept.scheme_version, kept.unit, kept.status, kept.seconds) == (
        "hourly_quarter", "1", "credit", "ok", 2400,
    )  # fmt: skip
    assert kept.steps[-1]["out"] == "0.75"
    assert len(kept.input_hash) == 64
    assert store.scalar(select(Award).where(Award.seat_id == absent.id)) is None
    assert facts() == ["fact.CreditAwarded", "fact.CreditAwarded"]


def test_awarding_again_changes_nothing(app):
    session, olga, _seats = attended(40)
    award(session, olga)
    assert service.award_session(session, olga)[Change.SAME] == 1
    assert len(store.scalars(select(Award)).all()) == 1
    assert facts() == ["fact.CreditAwarded"]


def test_corrected_attendance_supersedes_the_award_and_says_so(app):
    session, olga, (ada, ben) = attended(40, 60)
    award(session, olga)
    be_present(ada, 55)
    be_present(ben, 0)
    counts = service.award_session(session, olga)
    store.commit()
    assert {kind: n for kind, n in counts.items() if n} == {Change.CHANGED: 1, Change.WITHDRAWN: 1}
    assert credits(session) == {"Ada Attendee": "1.00", "Ben Attendee": "0.00"}
    first, second = store.scalars(select(Award).where(Award.seat_id == ada.id).order_by(Award.id))
    assert (first.credit, first.superseded_by_id) == ("0.75", second.id)
    assert facts().count("fact.CreditSuperseded") == 2


def test_every_award_is_on_record_without_names(app):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    entry = store.scalar(select(Entry).where(Entry.action == "credit.awarded"))
    assert (entry.actor_id, entry.society_id) == (olga.id, session.society_id)
    assert entry.detail == {
        "session_id": session.id,
        "seat_id": ada.id,
        "credit": "0.75",
        "scheme": "hourly_quarter@1",
        "supersedes": None,
        "was": None,
    }


def test_without_a_scheme_people_get_attendance_only(app):
    session, olga, _seats = attended(40, credit_scheme=None)
    award(session, olga)
    (kept,) = queries.current_awards(session.id)
    assert (kept.scheme_id, kept.unit, kept.credit, kept.seconds) == ("attendance", "", "0", 2400)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": State.CANCELLED}, "Only a session that took place"),
        ({"credit_scheme": "no_such_rule"}, "No version of the scheme “no_such_rule” was in force"),
        # The model order of 2024 in a session of 2019.
        ({"credit_scheme": "baek_C", "starts_at": datetime(2019, 5, 1, 12, tzinfo=UTC)}, "No version"),
    ],
)
def test_what_cannot_be_awarded_is_refused_with_a_sentence(app, changes, sentence):
    session, olga, _seats = attended(40, **changes)
    with pytest.raises(service.NotYet, match=sentence):
        service.award_session(session, olga)


def test_open_attendance_cannot_be_awarded(app):
    society, olga = ens_with_olga()
    session = held_session(society)
    a_seat(session, minutes=40)
    with pytest.raises(service.NotYet, match="Close it first"):
        service.award_session(session, olga)
    close_attendance(session, olga)
    award(session, olga)
    assert credits(session) == {"Ada Attendee": "0.75"}


def test_what_is_awarded_is_what_was_looked_at(app):
    session, olga, (ada,) = attended(40)
    seen = queries.outlook(session).seen
    be_present(ada, 60)
    with pytest.raises(service.LookAgain):
        service.award_session(session, olga, seen=seen)
    assert service.award_session(session, olga, seen=queries.outlook(session).seen)[Change.NEW] == 1


def test_the_version_follows_the_local_day_of_the_session(app):
    # 23:30 UTC on 8 May is already 9 May in Berlin.
    at = datetime(2024, 5, 8, 23, 30, tzinfo=UTC)
    session, _olga, _seats = attended(40, starts_at=at)
    assert queries.scheme_of(session).id == "hourly_quarter"
    assert queries.activity(session, _seats[0], ()).first_day.isoformat() == "2024-05-09"


def test_a_speaker_is_no_learner_during_the_own_talk(app):
    session, olga, _seats = attended()
    speaker(session, "pia@clinic.example", "Pia Presenter", talk_minutes=30, answer=Answer.CONFIRMED)
    speaker(session, "lee@clinic.example", "Lee Speaker", talk_minutes=30, answer=Answer.CONFIRMED)
    a_seat(session, "Pia Presenter", "pia@clinic.example", minutes=60)
    award(session, olga)
    assert credits(session) == {"Pia Presenter": "0.50"}


def test_the_only_speaker_learns_nothing_and_a_moderator_everything(app):
    session, olga, _seats = attended()
    speaker(session, "pia@clinic.example", "Pia Presenter", answer=Answer.CONFIRMED)
    speaker(session, "mo@clinic.example", "Mo Moderator", role=SpeakerRole.MODERATOR)
    a_seat(session, "Pia Presenter", "pia@clinic.example", minutes=60)
    a_seat(session, "Mo Moderator", "mo@clinic.example", minutes=60)
    award(session, olga)
    assert credits(session) == {"Mo Moderator": "1.00", "Pia Presenter": "0.00"}


def test_presence_outside_the_session_does_not_count(app):
    session, olga, (ada,) = attended(10)
    presence = be_present(ada, 10)
    late = session.ends_at - 20 * MINUTE
    presence.intervals = [[late.isoformat(), (session.ends_at + 60 * MINUTE).isoformat()]]
    store.commit()
    award(session, olga)
    assert [each.seconds for each in queries.current_awards(session.id)] == [1200]


def test_the_outlook_asks_the_same_number_of_questions_for_one_and_for_three(app):
    one, three = attended(40)[0].id, attended(40, 40, 40)[0].id
    assert asked(one) == asked(three)


def asked(session_id):
    return questions(lambda: queries.outlook(store.get(Session, session_id)))
