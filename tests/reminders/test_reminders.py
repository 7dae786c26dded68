"""Reminders with a moved clock: each once, in everybody's own zone, none too late."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import delete

from tests.factories.accounts import olga
from tests.factories.registration import seat
from tests.factories.sessions import session
from tests.factories.societies import society
from tests.letters import taken
from tests.registration.conftest import count_queries  # noqa: F401
from webinar import worker
from webinar.db.store import store, transaction
from webinar.outbox.models import Letter, LetterState
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats
from webinar.registration.service import seats as registration
from webinar.reminders.models import Reminder
from webinar.reminders.service import remind
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication, timing
from webinar.timekeeping import clock as the_clock

ADA = "ada@clinic.example"
FLOW = "Flow diverters in ruptured aneurysms"
START = datetime(2026, 10, 14, 16, tzinfo=UTC)


@pytest.fixture
def flow(app):
    return session(society(), capacity=None)


@pytest.fixture
def ada(flow, carrier, work):
    found = seat(flow)
    work()
    carrier.sent.clear()
    return found


def subjects(carrier, address=ADA):
    return [mail.subject for mail in taken(carrier, address)]


def test_each_reminder_comes_once_when_its_time_comes(ada, carrier, work, clock):
    heard = []
    for before in (1441, 1440, 1439, 61, 60, 59, 16, 15, 14, 0, -30):
        clock.move_to(START - timedelta(minutes=before))
        work()
        work()
        heard += [(before, subject) for subject in subjects(carrier)]
    assert heard == [
        (1440, f"Tomorrow 21:45 (Kathmandu): {FLOW}"),
        (60, f"In 1 hour: 21:45 (Kathmandu): {FLOW}"),
        (15, f"Doors open: 21:45 (Kathmandu): {FLOW}"),
    ]


def test_a_reminder_has_the_join_link_bare_on_its_own_line(ada, carrier, work, clock):
    clock.move_to(START - timedelta(hours=1))
    work()
    [mail] = taken(carrier, ADA)
    assert f"http://webinar.test{seats.join_path(seats.seat(ada.id))}" in mail.text.splitlines()
    assert not mail.has_calendar


def test_what_is_past_at_registration_is_dropped(flow, carrier, work, clock):
    clock.move_to(START - timedelta(minutes=30))
    seat(flow)
    work()
    assert [s.partition(":")[0] for s in subjects(carrier)] == ["Registered"]
    clock.move_to(START - timedelta(minutes=15))
    work()
    assert subjects(carrier) == [f"Doors open: 21:45 (Kathmandu): {FLOW}"]


def test_after_an_outage_one_reminder_goes_before_the_start(ada, carrier, work, clock):
    clock.move_to(START - timedelta(minutes=31))
    work()
    assert subjects(carrier) == [f"In 30 minutes: 21:45 (Kathmandu): {FLOW}"]


def test_after_an_outage_over_the_start_nobody_is_told(ada, carrier, work, clock):
    clock.move_to(START + timedelta(minutes=1))
    work()
    assert subjects(carrier) == []


def test_a_letter_that_waited_past_the_start_ends_as_missed(ada, carrier, work, clock):
    clock.move_to(START - timedelta(minutes=15))
    with transaction():
        remind(the_clock.now())
    clock.move_to(START)
    work()
    assert subjects(carrier) == []
    [letter] = store.query(Letter).where(Letter.kind == "mail.reminder")
    assert (letter.state, letter.note) == (LetterState.MISSED, "the session has begun")


def test_letters_that_waited_are_outrun_by_the_latest(ada, carrier, work, clock):
    for before in (1440, 60):
        clock.move_to(START - timedelta(minutes=before))
        with transaction():
            remind(the_clock.now())
    work()
    assert subjects(carrier) == [f"In 1 hour: 21:45 (Kathmandu): {FLOW}"]


@pytest.mark.parametrize("ending", ["seat", "session"])
def test_nothing_comes_after_cancelling(ending, flow, ada, carrier, work, clock):
    clock.move_to(START - timedelta(hours=1))
    with transaction():
        remind(the_clock.now())
    with transaction():
        if ending == "seat":
            registration.give_back(seats.seat(ada.id))
        else:
            publication.cancel(flow, olga(), "No room")
    work()
    clock.move_to(START - timedelta(minutes=15))
    work()
    heard = [subject.partition(" ")[0] for subject in subjects(carrier)]
    assert heard == [{"seat": "You", "session": "Cancelled:"}[ending]]


def test_a_moved_session_reminds_anew_and_never_of_the_old_time(flow, ada, carrier, work, clock):
    clock.move_to(START - timedelta(hours=24))
    work()
    with transaction():
        timing.move(flow, olga(), When(datetime.fromisoformat("2026-10-15T19:00"), "Europe/Berlin", 60))
    work()
    carrier.sent.clear()
    for hours in (1, 0):
        clock.move_to(START - timedelta(hours=hours))
        work()
    assert subjects(carrier) == []
    clock.move_to(START + timedelta(hours=1))
    work()
    assert subjects(carrier) == [f"Tomorrow 22:45 (Kathmandu): {FLOW}"]


def test_over_the_clock_change_a_day_is_24_hours(app, carrier, work, clock):
    # Berlin, Sunday 25 October 2026, 18:00 CET is 17:00 UTC; a day before the clocks said 19:00 CEST.
    session_ = session(society(), starts_local=datetime.fromisoformat("2026-10-25T18:00"))
    seat(session_, zone_name="Europe/Berlin")
    work()
    carrier.sent.clear()
    start = datetime(2026, 10, 25, 17, tzinfo=UTC)
    assert session_.starts_at == start
    heard = []
    for before in (1441, 1440, 61, 60, 16, 15):
        clock.move_to(start - timedelta(minutes=before))
        work()
        heard += [(before, subject) for subject in subjects(carrier)]
    assert heard == [
        (1440, f"Tomorrow 18:00 (Berlin): {FLOW}"),
        (60, f"In 1 hour: 18:00 (Berlin): {FLOW}"),
        (15, f"Doors open: 18:00 (Berlin): {FLOW}"),
    ]


def test_a_clock_set_back_repeats_nothing_and_skips_nothing(ada, carrier, work, clock):
    clock.move_to(START - timedelta(hours=1))
    work()
    assert len(subjects(carrier)) == 1
    clock.move_to(START - timedelta(hours=2))
    work()
    assert subjects(carrier) == []
    clock.move_to(START - timedelta(minutes=15))
    work()
    assert len(subjects(carrier)) == 1


def test_sixty_people_in_five_zones_each_read_their_own(flow, carrier, work, clock):
    zones = {
        "Asia/Kathmandu": "21:45 (Kathmandu)",
        "America/New_York": "12:00 (New York)",
        "Europe/Berlin": "18:00 (Berlin)",
        "Asia/Tokyo": "01:00 (Tokyo)",
        "America/Sao_Paulo": "13:00 (São Paulo)",
    }
    expected = {}
    for number in range(60):
        zone_name = list(zones)[number % 5]
        address = f"p{number}@clinic.example"
        seat(flow, address, f"P {chr(65 + number % 26)}", zone_name=zone_name)
        expected[address] = f"Tomorrow {zones[zone_name]}: {FLOW}"
    store.execute(delete(Letter))
    clock.move_to(START - timedelta(hours=24))
    work()
    assert {mail.to: mail.subject for mail in taken(carrier)} == expected
    assert store.query(Reminder).count() == 60


def test_two_workers_remind_once(app, ada, carrier, clock):
    clock.move_to(START - timedelta(hours=1))
    store.commit()
    threads = [Thread(target=worker.once, args=(app,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert subjects(carrier) == [f"In 1 hour: 21:45 (Kathmandu): {FLOW}"]
    assert store.query(Reminder).count() == 1


def test_only_confirmed_seats_are_reminded(app, carrier, work, clock):
    flow = session(society(), capacity=1)
    seat(flow)
    seat(flow, "bo@clinic.example", "Bo")
    clock.move_to(START - timedelta(minutes=15))
    work()
    assert [s for s in subjects(carrier, "bo@clinic.example") if "Doors" in s] == []


def test_reminding_takes_as_many_statements_for_many_as_for_one(flow, ada, clock, count_queries):  # noqa: F811
    def asked(before):
        clock.move_to(START - timedelta(minutes=before))
        with count_queries() as statements, transaction():
            remind(the_clock.now())
        return len([s for s in statements if s.split()[0] in {"SELECT", "INSERT", "WITH"}])

    one = asked(1440)
    for number in range(3):
        seat(session(store.query(type(flow.society)).one()), f"p{number}@clinic.example", "P")
        seat(flow, f"q{number}@clinic.example", "Q")
    assert asked(60) == one == 3


def test_a_hundred_thousand_seats_are_asked_about_in_seconds(flow, ada, clock):
    """20,000 here, in short form; the statements do not grow with people."""
    template = {c.name: getattr(seats.seat(ada.id), c.name) for c in Seat.__table__.columns if c.name != "id"}
    people = [
        {"email": f"m{n}@clinic.example", "name": "M", "nonce": f"n{n}", "created_at": the_clock.now()}
        for n in range(20_000)
    ]
    from webinar.accounts.models import Person

    store.execute(Person.__table__.insert(), people)
    ids = [row.id for row in store.query(Person.id).where(Person.name == "M")]
    rows = [
        template | {"person_id": i, "ticket_hash": f"t{i}", "join_hash": f"j{i}", "nonce": f"x{i}"}
        for i in ids
    ]
    store.execute(Seat.__table__.insert(), rows)
    store.commit()
    clock.move_to(START - timedelta(hours=1))
    with transaction():
        remind(the_clock.now())
    assert store.query(Letter).where(Letter.kind == "mail.reminder").count() == 20_001
    assert store.query(Seat).where(Seat.state == SeatState.CONFIRMED).count() == 20_001
