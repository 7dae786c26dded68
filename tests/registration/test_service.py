"""Registering, the same address twice, giving back, and the waiting list of product 4.3."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.factories.registration import (
    START_AT,
    application,
    call_off,
    cancelled_session,
    open_session,
    seat,
    seats,
    states,
    tally,
    unpublished_session,
)
from webinar.audit.models import Entry
from webinar.db.store import store
from webinar.outbox import queries as outbox
from webinar.refusal import Invalid
from webinar.registration.facts import SeatConfirmed
from webinar.registration.models import Seat
from webinar.registration.queries import seats as queries
from webinar.registration.rules import NoSeatFree, OfferGone, RegistrationClosed
from webinar.registration.service import seats as service
from webinar.sessions.facts import CapacityRaised
from webinar.sessions.rules.question import Question, QuestionKind
from webinar.timekeeping import clock as present

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _in_an_app(app):
    """Every test here works on a fresh database."""


def told(*names: str) -> list[str]:
    """The facts told so far, as "SeatConfirmed 1.1" (seat and version), oldest first."""
    letters = outbox.with_prefix("fact:Seat")
    found = [(x.kind.removeprefix("fact."), x.payload["seat_id"], x.payload["version"]) for x in letters]
    return [f"{kind} {seat_id}.{version}" for kind, seat_id, version in found if not names or kind in names]


def act(what, *args):
    """Do something and commit it, as an edge does."""
    result = what(*args)
    store.commit()
    return result


def test_who_registers_has_a_seat_with_what_they_typed():
    session = open_session()
    ada = seat(session, name=" Ada  Attendee")
    assert (ada.name, ada.person.email, ada.country, ada.zone_name, ada.locale) == (
        "Ada  Attendee",
        "ada@clinic.example",
        "NP",
        "Asia/Kathmandu",
        "en",
    )
    assert (states(ada), ada.version, told()) == (["confirmed"], 1, [f"SeatConfirmed {ada.id}.1"])


def test_a_fact_is_promised_in_the_same_transaction_as_the_seat():
    session = open_session()
    found = service.register(session, application())
    fact = SeatConfirmed(found.id, 1)
    store.rollback()
    assert (outbox.with_prefix(fact.key), tally(session)) == ([], {})


def test_ticket_and_join_links_open_the_seat_and_are_stored_only_as_hashes():
    ada = seat(open_session())
    ticket, join = queries.ticket_path(ada), queries.join_path(ada)
    assert queries.by_ticket(ticket.removeprefix("/t/")) is ada
    assert queries.by_join(join.removeprefix("/j/")) is ada
    assert ticket.removeprefix("/t/") not in {ada.ticket_hash, ada.join_hash, ada.nonce}


def test_when_all_seats_are_held_the_next_stand_in_the_queue():
    session = open_session(capacity=2)
    everybody = seats(session, 4)
    assert states(*everybody) == ["confirmed", "confirmed", "waiting", "waiting"]
    assert [queries.position(each) for each in everybody] == [None, None, 1, 2]


def test_without_a_capacity_everybody_has_a_seat():
    session = open_session(capacity=None)
    seats(session, 12)
    assert tally(session) == {"confirmed": 12}


def test_a_draft_refuses_in_a_sentence():
    with pytest.raises(RegistrationClosed) as refusal:
        service.register(unpublished_session(), application())
    assert refusal.value.sentence == "Registration for this session has not opened yet."


def test_a_cancelled_session_refuses_in_a_sentence():
    with pytest.raises(RegistrationClosed) as refusal:
        service.register(cancelled_session(), application())
    assert refusal.value.sentence == "This session was cancelled, so there are no places in it any more."


def test_people_register_while_the_session_runs(clock):
    session = open_session()
    clock.move_to(START_AT + 59 * MINUTE)
    assert states(seat(session)) == ["confirmed"]
    clock.move_to(START_AT + 60 * MINUTE)
    with pytest.raises(RegistrationClosed) as refusal:
        service.register(session, application("late@clinic.example"))
    assert refusal.value.sentence == "This session is over, so its places can no longer be changed."


def test_a_wrong_name_or_answer_is_refused_beside_its_field():
    session = open_session(questions=(Question("Level", QuestionKind.CHOICE, True, ("A", "C")),))
    for changes, field in (({"name": "\x07"}, "name"), ({"answers": {"Level": "B"}}, "answer_0")):
        with pytest.raises(Invalid) as refusal:
            service.register(session, application(**changes))
        assert refusal.value.field == field
    assert tally(session) == {}


# The same address twice


def test_the_same_address_twice_is_the_same_seat_and_changes_nothing():
    session = open_session()
    first = seat(session)
    again = act(service.admit, session, application(" ADA@clinic.example ", "Somebody Else", country="DE"))
    assert (again.seat, again.is_new) == (first, False)
    assert (first.name, first.country, first.version, tally(session)) == (
        "Ada Attendee",
        "NP",
        1,
        {"confirmed": 1},
    )


def test_the_mail_of_a_repeated_registration_goes_out_a_few_times_a_day(clock):
    session = open_session()
    ada = seat(session)
    for _ in range(100):
        act(service.register, session, application())
    keys = [letter.key for letter in outbox.with_prefix("fact:RegistrationRepeated")]
    assert keys == [
        f"fact:RegistrationRepeated:seat_id={ada.id},day=2026-10-07,time={time}" for time in (1, 2, 3)
    ]
    clock.shift(timedelta(days=1, seconds=1))
    act(service.register, session, application())
    assert len(outbox.with_prefix("fact:RegistrationRepeated")) == 4


def test_one_address_is_mailed_again_at_most_four_times_an_hour_over_all_sessions():
    sessions = [open_session() for _ in range(8)]
    for session in sessions * 2:
        seat(session)
    assert len(outbox.with_prefix("fact:RegistrationRepeated")) == 4


def test_who_left_registers_anew_with_a_higher_version_and_the_same_links():
    session = open_session()
    ada = seat(session)
    ticket = queries.ticket_path(ada)
    act(service.give_back, ada)
    again = act(service.admit, session, application(name="Ada B. Attendee", country="DE"))
    assert (again.seat, again.is_new, states(ada)) == (ada, True, ["confirmed"])
    assert (ada.version, ada.name, ada.country, queries.ticket_path(ada)) == (
        3,
        "Ada B. Attendee",
        "DE",
        ticket,
    )


def test_who_left_a_full_session_registers_anew_behind_the_others():
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    cleo = seat(session, "cleo@clinic.example", "Cleo")
    act(service.give_back, cleo)
    seat(session, "dora@clinic.example", "Dora")
    seat(session, "cleo@clinic.example", "Cleo")
    assert [s.name for s in queries.queue(session.id)] == [bea.name, "Dora", "Cleo"]
    assert states(ada) == ["confirmed"]


# Freed seats


def test_a_seat_given_back_is_offered_to_the_longest_waiting_in_the_same_transaction():
    session = open_session(capacity=1)
    ada, bea, cleo = seats(session, 3)
    service.give_back(ada)
    assert [s.state for s in (ada, bea, cleo)] == ["cancelled", "offered", "waiting"]
    assert bea.offer_ends_at == present.now() + 12 * HOUR
    store.rollback()
    assert states(ada, bea, cleo) == ["confirmed", "waiting", "waiting"]


def test_an_offered_seat_counts_against_the_capacity():
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    act(service.give_back, ada)
    newcomer = seat(session, "new@clinic.example", "New")
    assert states(bea, newcomer) == ["offered", "waiting"]


def test_an_offer_is_taken_by_one_press_and_twice_is_harmless():
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    act(service.give_back, ada)
    act(service.take_offer, bea)
    act(service.take_offer, bea)
    assert (states(bea), bea.version, bea.offer_ends_at) == (["confirmed"], 3, None)
    assert told("SeatConfirmed") == [f"SeatConfirmed {ada.id}.1", f"SeatConfirmed {bea.id}.3"]


def test_a_declined_offer_goes_to_the_next():
    session = open_session(capacity=1)
    ada, bea, cleo = seats(session, 3)
    act(service.give_back, ada)
    act(service.give_back, bea)
    assert states(ada, bea, cleo) == ["cancelled", "cancelled", "offered"]


def test_leaving_the_waiting_list_moves_the_others_up():
    session = open_session(capacity=1)
    _, bea, cleo = seats(session, 3)
    act(service.give_back, bea)
    act(service.give_back, bea)
    assert (states(bea, cleo), queries.position(cleo)) == (["cancelled", "waiting"], 1)
    left = [letter.payload for letter in outbox.with_prefix("fact:SeatGivenBack")]
    assert left == [
        {"seat_id": bea.id, "version": 2, "was": "waiting", "changes_hour": False, "with_series": False}
    ]


def test_an_offer_not_taken_in_time_goes_on_and_nobody_is_queued_again_unasked(clock):
    session = open_session(capacity=1)
    ada, bea, cleo = seats(session, 3)
    act(service.give_back, ada)
    clock.shift(12 * HOUR)
    act(service.expire_offers, present.now())
    assert states(bea, cleo) == ["waiting", "offered"]
    assert (queries.has_lapsed(bea), queries.position(bea), bea.version) == (True, None, 3)


def test_a_sweep_before_the_end_of_an_offer_changes_nothing(clock):
    session = open_session(capacity=1)
    ada, bea, _ = seats(session, 3)
    act(service.give_back, ada)
    clock.shift(12 * HOUR - MINUTE)
    act(service.expire_offers, present.now())
    assert (states(bea), bea.version) == (["offered"], 2)


def test_a_lapsed_offer_cannot_be_taken_even_before_the_sweep(clock):
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    act(service.give_back, ada)
    clock.shift(12 * HOUR)
    with pytest.raises(OfferGone):
        service.take_offer(bea)


def test_who_let_an_offer_pass_gets_back_to_the_end_by_their_own_press(clock):
    session = open_session(capacity=1)
    ada, bea, cleo = seats(session, 3)
    dora = seat(session, "dora@clinic.example", "Dora")
    act(service.give_back, ada)
    clock.shift(12 * HOUR)
    act(service.expire_offers, present.now())
    act(service.requeue, bea)
    act(service.requeue, bea)
    assert [queries.position(each) for each in (cleo, dora, bea)] == [None, 1, 2]
    assert states(cleo, dora, bea) == ["offered", "waiting", "waiting"]
    assert told("SeatWaiting")[-1] == f"SeatWaiting {bea.id}.4"


def test_registering_once_more_is_such_a_press_too(clock):
    session = open_session(capacity=1)
    ada, bea, _ = seats(session, 3)
    act(service.give_back, ada)
    clock.shift(12 * HOUR)
    act(service.expire_offers, present.now())
    again = act(service.admit, session, application(bea.person.email, bea.name))
    assert (again.is_new, queries.position(bea)) == (False, 1)


def test_who_let_the_only_offer_pass_and_comes_back_has_the_seat(clock):
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    act(service.give_back, ada)
    clock.shift(12 * HOUR)
    act(service.requeue, bea)  # before any sweep
    assert states(bea) == ["confirmed"]


def test_who_left_is_never_queued_again_by_a_stale_link():
    session = open_session(capacity=1)
    ada, _ = seats(session, 2)
    act(service.give_back, ada)
    for press in (service.requeue, service.take_offer):
        with pytest.raises(NoSeatFree):
            press(ada)


def test_a_raised_capacity_is_offered_down_the_list():
    session = open_session(capacity=1)
    everybody = seats(session, 4)
    session.capacity = 3
    store.commit()

    act(service.offer_freed, CapacityRaised(session.id, 1))
    assert states(*everybody) == ["confirmed", "offered", "offered", "waiting"]


def test_a_newcomer_never_overtakes_the_queue_when_the_capacity_was_raised():
    session = open_session(capacity=1)
    _, bea = seats(session, 2)
    session.capacity = 2
    store.commit()
    assert states(bea, seat(session, "new@clinic.example", "New")) == ["offered", "waiting"]


def test_the_sweep_finds_raised_capacity_by_itself():
    session, other = open_session(capacity=1), open_session(capacity=1)
    everybody, untouched = seats(session, 3), seats(other, 2)
    session.capacity = None
    store.commit()
    act(service.expire_offers, present.now())
    assert states(*everybody, *untouched) == ["confirmed", "offered", "offered", "confirmed", "waiting"]


def test_a_lowered_capacity_takes_nobodys_seat():
    session = open_session(capacity=3)
    everybody = seats(session, 4)
    session.capacity = 1
    store.commit()
    act(service.give_back, everybody[0])
    assert states(*everybody) == ["cancelled", "confirmed", "confirmed", "waiting"]


# The last hours


def test_an_offer_holds_at_most_until_one_hour_before_the_start(clock):
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    clock.move_to(START_AT - 3 * HOUR)
    act(service.give_back, ada)
    assert bea.offer_ends_at == START_AT - HOUR


def test_in_the_last_two_hours_nothing_is_offered_and_a_free_seat_goes_to_the_first_to_come(clock):
    session = open_session(capacity=1)
    ada, bea, cleo = seats(session, 3)
    clock.move_to(START_AT - 2 * HOUR)
    act(service.give_back, ada)
    act(service.expire_offers, present.now())
    assert states(bea, cleo) == ["waiting", "waiting"]
    act(service.take_offer, cleo)
    with pytest.raises(NoSeatFree):
        service.take_offer(bea)
    assert states(bea, cleo) == ["waiting", "confirmed"]


def test_in_the_last_two_hours_a_newcomer_may_be_the_first_to_come(clock):
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    clock.move_to(START_AT - HOUR)
    act(service.give_back, ada)
    assert states(bea, seat(session, "new@clinic.example", "New")) == ["waiting", "confirmed"]


def test_in_the_last_two_hours_registering_again_takes_a_free_seat(clock):
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    clock.move_to(START_AT - HOUR)
    act(service.give_back, ada)
    act(service.register, session, application(bea.person.email, bea.name))
    assert states(bea) == ["confirmed"]


def test_earlier_a_waiting_person_cannot_take_a_seat_past_the_queue():
    session = open_session(capacity=1)
    _, bea = seats(session, 2)
    with pytest.raises(NoSeatFree):
        service.take_offer(bea)


def test_an_offer_ends_when_the_session_moves_nearer_than_an_hour(clock):
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    act(service.give_back, ada)
    session.starts_at = present.now() + 30 * MINUTE
    store.commit()
    act(service.expire_offers, present.now())
    assert queries.has_lapsed(bea) is True


def test_a_cancelled_session_makes_no_offers_and_takes_nothing_back():
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    call_off(session)
    session.capacity = 2
    store.commit()
    act(service.expire_offers, present.now())
    assert states(ada, bea) == ["confirmed", "waiting"]
    with pytest.raises(RegistrationClosed):
        service.give_back(ada)


# On record


def test_leaving_and_offers_are_on_record_without_names():
    session = open_session(capacity=1)
    ada, bea = seats(session, 2)
    act(service.give_back, ada)
    lines = store.scalars(select(Entry).where(Entry.thing == "seat").order_by(Entry.id)).all()
    assert [(line.action, line.thing_id, line.actor_id) for line in lines] == [
        ("seat.given_back", ada.id, ada.person_id),
        ("seat.offered", bea.id, None),
    ]
    assert [line.detail for line in lines] == [{"session_id": session.id, "version": 2}] * 2


def test_registering_asks_a_fixed_number_of_questions_however_many_people_came(count_queries):
    session = open_session(capacity=None)
    seat(session)
    with count_queries() as one:
        seat(session, "one@clinic.example")
    seats(session, 20)
    with count_queries() as many:
        seat(session, "many@clinic.example")
    assert many == one


def test_there_is_one_seat_per_person_and_session():
    session, other = open_session(), open_session()
    for _ in range(2):
        seat(session), seat(other)
    assert store.scalar(select(func.count()).select_from(Seat)) == 2
