"""What Ada's calendar answers to the event of a whole series: to one date, or to all that are to come."""

import pytest

from tests.factories.replies import bring, records, reply, signed
from tests.factories.series import dates_of, for_all, rounds
from tests.letters import taken
from webinar.calendars.queries import answers
from webinar.db.store import store
from webinar.registration.models import SeriesSeat
from webinar.registration.queries import series as queries

ADA = "ada@clinic.example"


@pytest.fixture
def asked(app, work, carrier):
    """Ada is registered for all of Rounds; her series seat."""
    app.extensions["webinar.records"] = records("clinic.example")
    found = for_all(rounds(3)).series_seat
    work()
    carrier.sent.clear()
    return found


def said(holder: SeriesSeat) -> list[str | None]:
    """What Ada's answer is at each date."""
    store.expire_all()
    held = [answers.answer_of(seat.id) for seat in queries.seats_in([holder.series_id], holder.person_id)]
    return [each.reply.says if each else None for each in held]


def answer(holder: SeriesSeat, says: str, **changes: str) -> bytes:
    number = queries.registered_state(holder.series_id, holder.person_id)
    return reply(says, uid=holder.series.uid, sequence=str(number), **changes)


def test_an_answer_to_one_date_is_about_that_date(asked, work):
    bring(signed(answer(asked, "TENTATIVE", extra="RECURRENCE-ID;TZID=Europe/Berlin:20261021T180000")))
    work()
    assert said(asked) == [None, "TENTATIVE", None]


def test_an_answer_without_a_date_is_about_all_to_come(asked, work, carrier):
    bring(signed(answer(asked, "ACCEPTED")))
    work()
    assert said(asked) == ["ACCEPTED"] * 3
    for_all(asked.series)
    work()
    [mail] = taken(carrier, ADA)
    [event] = mail.calendar.walk("VEVENT")
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_one_date_declined_is_an_override_with_its_own_answer(asked, work, carrier):
    bring(signed(answer(asked, "DECLINED", extra="RECURRENCE-ID:20261021T160000Z")))
    work()
    carrier.sent.clear()
    for_all(asked.series)
    work()
    [mail] = taken(carrier, ADA)
    assert [event["ATTENDEE"].params["PARTSTAT"] for event in mail.calendar.walk("VEVENT")] == [
        "NEEDS-ACTION",
        "DECLINED",
    ]


def test_the_secret_of_the_series_in_our_address_proves_an_answer(asked, work):
    mark = answers.reply_mark(asked)
    bring(answer(asked, "ACCEPTED", to=f"events+{mark}@example.org"))
    work()
    assert said(asked) == ["ACCEPTED"] * 3


def test_an_answer_that_nothing_proves_waits_for_a_person(asked, work):
    bring(answer(asked, "ACCEPTED"))
    work()
    assert said(asked) == [None] * 3
    assert [len(answers.held_replies(each.id)) for each in dates_of(asked.series)] == [1, 1, 1]


def test_an_answer_by_nobody_of_ours_changes_nothing(asked, work):
    bring(signed(answer(asked, "ACCEPTED", attendee="eve@clinic.example", author="eve@clinic.example")))
    work()
    assert said(asked) == [None] * 3
