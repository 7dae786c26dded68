"""Reminders to speakers with open items, and word of late slides: each exactly once."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest

from tests.factories import materials
from tests.factories.accounts import olga, pia
from tests.factories.sessions import session, speaker
from tests.factories.societies import ens_with_olga
from webinar.db.store import store
from webinar.sessions.models import Answer, Disclosure
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication, speakers, timing
from webinar.timekeeping import clock as time

SIX_LEFT = "6 things left for Flow diverters in ruptured aneurysms, due Monday"
START = datetime(2026, 10, 28, 18, 0)


@pytest.fixture
def olgas(app):
    """Wednesday 28 October 2026; all is due on Monday the 26th at 17:00 UTC."""
    found, _olga = ens_with_olga()
    return session(found, starts_local=START)


@pytest.fixture
def pias(olgas):
    return speaker(olgas)


@pytest.fixture
def mails(carrier, work, pias):
    """Work, then the new mails to an address, Pia's unless said otherwise."""

    def new(address: str = "pia@clinic.example"):
        before = len(carrier.sent)
        work()
        found = [message_from_bytes(sent[1], policy=policy.default) for sent in carrier.sent[before:]]
        return [mail for mail in found if address in mail["To"]]

    new()
    return new


def subjects(mails) -> list[str]:
    return [mail["Subject"].strip() for mail in mails()]


def before_due(clock, olgas, **before) -> None:
    clock.move_to(olgas.starts_at - timedelta(days=2) - timedelta(**before))


def test_what_is_left_is_told_seven_and_two_days_before_and_never_twice(clock, olgas, mails):
    before_due(clock, olgas, days=7, seconds=1)
    assert subjects(mails) == []
    before_due(clock, olgas, days=7)
    assert subjects(mails) == [SIX_LEFT + " 26 October"]
    assert subjects(mails) == []
    before_due(clock, olgas, days=2)
    assert subjects(mails) == [SIX_LEFT]
    before_due(clock, olgas, hours=1)
    assert subjects(mails) == []


def test_the_mail_lists_what_is_left_with_the_link_in_pias_own_zone(clock, olgas, pias, mails):
    pia().zone_name = "Asia/Kathmandu"
    store.commit()
    before_due(clock, olgas, days=2)
    text = mails()[0].get_body(("plain",)).get_content()
    assert "22:45–23:45 Kathmandu (UTC+05:45)" in text
    assert "due Mon 26 Oct 2026, 22:45 Kathmandu (UTC+05:45):" in text
    listed = [line for line in text.splitlines() if line.startswith("- ")]
    assert listed == [
        "- Your time",
        "- Biography",
        "- Title of your talk",
        "- Disclosures",
        "- Recording consent",
        "- Slides",
    ]
    assert f"http://webinar.test{materials.talk_path(pias)}" in text


def test_one_thing_is_one_thing(clock, olgas, pias, mails):
    done(pias, disclosed=False)
    before_due(clock, olgas, days=2)
    assert subjects(mails) == ["1 thing left for Flow diverters in ruptured aneurysms, due Monday"]


def test_who_has_done_all_they_can_hears_nothing(clock, olgas, pias, mails):
    done(pias)
    before_due(clock, olgas, days=2)
    assert subjects(mails) == []


def done(pias, *, disclosed: bool = True) -> None:
    """All but the test of a room that is not set yet."""
    pias.answer, pias.bio, pias.talk_title = Answer.CONFIRMED, "Neurosurgeon.", "Ten slides"
    pias.recording_consent = True
    if disclosed:
        pias.disclosure, pias.disclosed_at = Disclosure.NONE, time.now()
    materials.deck(pias)


def test_what_was_done_before_the_worker_came_to_it_is_not_reminded_of(clock, olgas, pias, mails, work):
    before_due(clock, olgas, days=2)
    pias.answer = Answer.DECLINED
    store.commit()
    assert subjects(mails) == []


def test_nobody_hears_of_a_cancelled_session(clock, olgas, mails):
    publication.cancel(olgas, olga(), "Illness.")
    store.commit()
    mails()
    before_due(clock, olgas, days=2)
    assert subjects(mails) == []


def test_nobody_hears_of_a_talk_that_is_not_theirs_any_more(clock, olgas, pias, mails):
    speakers.remove_speaker(olgas, olga(), pias)
    store.commit()
    before_due(clock, olgas, days=2)
    assert subjects(mails) == []


def test_a_worker_that_was_away_catches_up(clock, olgas, mails):
    before_due(clock, olgas, days=1)
    assert subjects(mails) == [SIX_LEFT]


def test_after_the_deadline_nobody_is_reminded(clock, olgas, mails):
    before_due(clock, olgas)
    assert subjects(mails) == []


def test_a_session_moved_to_another_day_is_reminded_of_anew_within_the_day_not(clock, olgas, mails):
    before_due(clock, olgas, days=2)
    assert subjects(mails) == [SIX_LEFT]
    move(olgas, START + timedelta(hours=2))
    mails()
    clock.shift(timedelta(hours=3))
    assert subjects(mails) == []
    move(olgas, START + timedelta(days=7))
    mails()
    clock.move_to(olgas.starts_at - timedelta(days=4))
    assert subjects(mails) == [SIX_LEFT]


def move(olgas, starts_local) -> None:
    timing.move(olgas, olga(), When(starts_local, "Europe/Berlin", 60))
    store.commit()


def test_late_slides_are_taken_and_the_organiser_is_told_once(clock, olgas, pias, mails):
    before_due(clock, olgas, seconds=-1)
    materials.deck(pias)
    told = mails("olga@ens.example")
    assert [mail["Subject"].strip() for mail in told] == [
        "Slides after the deadline: Pia Presenter, Flow diverters in ruptured aneurysms"
    ]
    assert (
        f"http://webinar.test/ens/sessions/{olgas.slug}/slides" in told[0].get_body(("plain",)).get_content()
    )
    assert mails("olga@ens.example") == []


def test_slides_in_time_disturb_nobody(clock, olgas, pias, mails):
    before_due(clock, olgas)
    materials.deck(pias)
    assert mails("olga@ens.example") == []
