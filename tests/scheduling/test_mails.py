"""Mails of a poll: each in the voter's zone, each once, none to who has no use for it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.accounts import ada, olga, pia
from tests.factories.polls import MAYBE, NO, YES, link, local, poll, voter, votes_of
from tests.factories.sessions import draft, speaker
from tests.factories.societies import ens_with_olga
from tests.letters import taken
from webinar.db.store import store
from webinar.scheduling.rules.times import Keep, Wish
from webinar.scheduling.service import more, moving, polls

PIA, ADA = "pia@clinic.example", "ada@clinic.example"
TITLE = "Flow diverters in ruptured aneurysms"


@pytest.fixture
def olgas(clock, app, carrier, work):
    found, _olga = ens_with_olga()
    pia().zone_name = "Asia/Kathmandu"
    ada().zone_name = "America/Los_Angeles"
    made = draft(found)
    work()
    carrier.sent.clear()
    return made


@pytest.fixture
def mails(carrier, work):
    def new(address: str | None = None):
        work()
        return taken(carrier, address)

    return new


def subjects(found) -> list[tuple[str, str]]:
    return sorted((mail.to, mail.subject) for mail in found)


def test_each_voter_is_asked_once_with_every_time_in_their_own_zone(olgas, mails):
    running = poll(olgas)
    found = mails()
    assert subjects(found) == [
        (ADA, f"Choose a time for {TITLE} (shown in Los Angeles time)"),
        (PIA, f"Choose a time for {TITLE} (shown in Kathmandu time)"),
    ]
    to_ada = next(mail for mail in found if mail.to == ADA)
    joined = " ".join(to_ada.text.split())
    assert "- Wed 14 Oct 2026, 09:00–10:00 Los Angeles (UTC-07:00), morning - Thu" in joined
    assert (
        "- Fri 16 Oct 2026, 00:00–01:00 Los Angeles (UTC-07:00), night. "
        "Night for you: it starts at 00:00 for you." in joined
    )
    assert "until Sun 11 Oct 2026, 09:00 Los Angeles (UTC-07:00):" in joined
    assert link(voter(running, ADA)) in to_ada.text
    assert "Night for you:" in to_ada.html
    assert mails() == []


def test_only_who_has_not_answered_is_reminded_and_each_once(clock, olgas, mails):
    running = poll(olgas)
    mails()
    votes_of(running, PIA, YES, NO, NO)
    clock.move_to(running.deadline_at - timedelta(hours=49))
    assert mails() == []
    clock.move_to(running.deadline_at - timedelta(hours=48))
    assert subjects(mails()) == [(ADA, "Please answer by Sun: 1 of 2 have")]
    assert mails() == []
    clock.move_to(running.deadline_at - timedelta(hours=6))
    assert subjects(mails()) == [(ADA, "Please answer by Sun: 1 of 2 have")]
    clock.move_to(running.deadline_at)
    assert mails() == []


def test_a_new_deadline_brings_its_own_reminders(clock, olgas, mails):
    running = poll(olgas)
    mails()
    clock.move_to(running.deadline_at - timedelta(hours=6))
    assert len(mails()) == 2
    polls.extend(running, olga(), Wish(local("2026-10-12T18:00")), "Europe/Berlin")
    assert mails() == []
    clock.move_to(running.deadline_at - timedelta(hours=6))
    assert subjects(mails(ADA)) == [(ADA, "Please answer by Mon: 0 of 2 have")]


def test_a_chosen_time_is_told_in_each_voters_zone_and_who_said_yes_is_not_asked_again(olgas, mails):
    speaker(olgas)
    speaker(olgas, "sam@ens.example", "Sam")
    running = poll(olgas)
    votes_of(running, PIA, NO, YES, NO)
    votes_of(running, ADA, NO, MAYBE, NO)
    mails()
    polls.schedule(running, olga(), running.options[1].id)
    found = mails()
    assert [mail for mail in subjects(found) if mail[0] != "sam@ens.example"] == [
        (ADA, f"{TITLE} is set: Thu 15 Oct, 09:00 Los Angeles"),
        (PIA, f"{TITLE} is set: Thu 15 Oct, 21:45 Kathmandu"),
    ]
    assert len([mail for mail in found if mail.to == "sam@ens.example"]) == 1  # asked for the new time
    assert mails() == []


def test_voters_are_told_where_times_have_moved(olgas, mails):
    running = poll(olgas)
    mails()
    moving.change_zone(running, olga(), "Europe/London", Keep.CLOCK)
    [mail] = mails(PIA)
    assert mail.subject == f"Times have moved: please choose again for {TITLE} (shown in Kathmandu time)"
    assert (
        "- Wed 14 Oct 2026, 22:45–23:45 Kathmandu (UTC+05:45), late evening (was Wed 14 Oct 2026, "
        "21:45–22:45 Kathmandu (UTC+05:45), late evening)" in " ".join(mail.text.split())
    )


def test_new_zone_data_is_followed_by_the_sweep_and_told_once(olgas, mails):
    running = poll(olgas)
    mails()
    running.options[0].starts_at -= timedelta(hours=1)
    running.options[0].tzdata_version = "2020a"
    store.commit()
    assert len(mails()) == 2
    assert running.options[0].starts_at == datetime(2026, 10, 14, 16, tzinfo=UTC)
    assert mails() == []


def test_a_poll_that_was_closed_before_its_mail_went_out_asks_nobody(olgas, mails):
    running = poll(olgas)
    polls.close(running, olga())
    assert mails() == []


def test_a_poll_opened_again_asks_all_once_more(olgas, mails):
    running = poll(olgas)
    votes_of(running, PIA, YES, NO, NO)
    mails()
    polls.close(running, olga())
    polls.extend(running, olga(), Wish(local("2026-10-12T18:00")), "Europe/Berlin")
    found = mails()
    assert [mail.to for mail in found] == [PIA, ADA]
    assert "this poll is open again, and your answers can be changed." in " ".join(found[0].text.split())


def test_a_time_that_was_added_is_asked_of_everybody_and_who_has_answered_reads_why(olgas, mails):
    running = poll(olgas)
    votes_of(running, PIA, YES, NO, NO)
    mails()
    more.add_time(running, olga(), Wish(local("2026-10-15T09:00")))
    found = mails()
    assert [mail.to for mail in found] == [PIA, ADA]
    words = [" ".join(mail.text.split()) for mail in found]
    assert "there are more times to choose from. Your other answers are kept" in words[0]
    assert "which of these times would suit you?" in words[1]
