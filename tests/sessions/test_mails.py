"""What speakers and organisers are sent, read from the messages themselves."""

import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy

import pytest

from tests.factories.accounts import olga
from tests.factories.sessions import WHEN, draft, session, speaker
from tests.factories.societies import ens_with_olga
from webinar.accounts import service as accounts
from webinar.db.store import store
from webinar.sessions import queries
from webinar.sessions.models import Answer
from webinar.sessions.service import answers, publication, speakers, timing


@pytest.fixture
def mails(carrier, work):
    """Ticks the worker; the messages it sent as (to, subject, text, html)."""

    def sent():
        store.commit()
        work()
        found = [message_from_bytes(body, policy=policy.default) for _to, body in carrier.sent]
        carrier.sent.clear()
        return [
            (
                str(each["To"].addresses[0].addr_spec),
                str(each["Subject"]).strip(),
                each.get_body(("plain",)).get_content(),
                each.get_body(("html",)).get_content(),
            )
            for each in found
        ]

    return sent


def test_a_speaker_is_asked_with_one_link_that_opens_their_talk(mails):
    ens, _ = ens_with_olga()
    pia = speaker(draft(ens), talk_title="Evidence in ten slides", talk_minutes=15)
    accounts.choose(pia.person, "Pia Presenter", "Asia/Kathmandu", "en")
    [(to, subject, text, html)] = mails()
    assert (to, subject) == (
        "pia@clinic.example",
        "Would you speak on Flow diverters in ruptured aneurysms? Your times inside",
    )
    [link] = [line for line in text.splitlines() if line.startswith("http://webinar.test/talk/")]
    assert queries.by_talk_token(link.rpartition("/")[2]).id == pia.id
    assert f'href="{link}"' in html
    words = " ".join(text.split())
    assert "Wed 14 Oct 2026, 21:45–22:45 Kathmandu (UTC+05:45), late evening" in words
    assert "Your slot: Wed 14 Oct 2026, 21:45–22:00 Kathmandu (UTC+05:45), late evening" in words
    assert "Your talk: Evidence in ten slides" in words


def test_a_confirmed_speaker_and_the_organiser_hear_of_it(mails):
    ens, _ = ens_with_olga()
    made = draft(ens)
    pia = speaker(made, talk_minutes=15)
    mails()
    answers.answer(pia, Answer.CONFIRMED)
    assert sorted(mail[:2] for mail in mails()) == [
        ("olga@ens.example", f"Pia Presenter: Confirmed ({made.title})"),
        ("pia@clinic.example", "Confirmed: your slot is 18:00–18:15 Berlin"),
    ]


def test_who_declined_gets_no_more_mails(mails):
    ens, organiser = ens_with_olga()
    made = session(ens)
    pia = speaker(made)
    answers.answer(pia, Answer.DECLINED, instead="Dr Quinn")
    timing.move(made, organiser, replace(WHEN, starts_local=datetime.fromisoformat("2026-10-15T18:00")))
    publication.cancel(made, organiser, "Ill.")
    assert {mail[0] for mail in mails()} == {"olga@ens.example"}


def test_a_moved_session_is_told_to_its_speakers_with_both_times(mails):
    ens, organiser = ens_with_olga()
    made = session(ens)
    speaker(made)
    mails()
    timing.move(made, organiser, replace(WHEN, starts_local=datetime.fromisoformat("2026-10-15T18:00")))
    [(to, subject, text, _)] = mails()
    assert (to, subject) == (
        "pia@clinic.example",
        f"Moved: now Thu 15 Oct 2026, 18:00 Berlin: {made.title}",
    )
    assert "It was: Wed 14 Oct 2026, 18:00–19:00 Berlin (UTC+02:00), evening" in " ".join(text.split())


def test_moving_twice_sends_only_the_last_time(mails):
    ens, organiser = ens_with_olga()
    made = session(ens)
    speaker(made)
    mails()
    for day in ("2026-10-15T18:00", "2026-10-16T18:00"):
        timing.move(made, organiser, replace(WHEN, starts_local=datetime.fromisoformat(day)))
    assert [mail[1] for mail in mails()] == [f"Moved: now Fri 16 Oct 2026, 18:00 Berlin: {made.title}"]


def test_a_cancelled_session_is_told_with_its_reason(mails):
    ens, organiser = ens_with_olga()
    made = session(ens)
    speaker(made)
    mails()
    publication.cancel(made, organiser, "The hall is flooded.")
    [(to, subject, text, _)] = mails()
    assert (to, subject) == ("pia@clinic.example", f"Cancelled: {made.title}")
    assert "The hall is flooded." in text


def test_the_organiser_gets_the_public_address(mails):
    ens, _ = ens_with_olga()
    made = session(ens)
    [(to, subject, text, _)] = mails()
    assert (to, subject) == ("olga@ens.example", f"Published: {made.title}")
    assert f"http://webinar.test/s/{made.slug}" in text.splitlines()


def test_asking_again_sends_the_same_link(mails):
    ens, _ = ens_with_olga()
    made = draft(ens)
    pia = speaker(made)
    [(_, _, first, _)] = mails()
    speakers.invite_again(made, olga(), pia)
    [(_, _, second, _)] = mails()
    assert re.findall(r"/talk/\S+", first) == re.findall(r"/talk/\S+", second)


def test_a_speaker_taken_off_meanwhile_is_not_asked(mails):
    ens, organiser = ens_with_olga()
    made = draft(ens)
    speakers.remove_speaker(made, organiser, speaker(made))
    assert mails() == []
