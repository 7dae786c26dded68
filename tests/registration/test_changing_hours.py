"""One seat a person over two live hours: changing by one press, waiting for the other, and races."""

from collections import Counter

import pytest

from tests.factories.accounts import olga
from tests.factories.registration import seat, states
from tests.factories.sessions import two_hours
from tests.factories.societies import society
from tests.registration.test_races import at_once
from webinar.db.store import store, transaction
from webinar.outbox import queries as outbox
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as queries
from webinar.registration.queries.hours import is_welcome
from webinar.registration.rules import NoSeatFree, RegistrationClosed
from webinar.registration.service import hours, seats
from webinar.sessions.service import hours as session_hours


def test_changing_gives_this_hour_back_and_takes_the_other(app):
    first, second = two_hours(society())
    ada = seat(second)
    there = hours.swap(ada)
    assert (there.session_id, states(ada, there)) == (first.id, ["cancelled", "confirmed"])
    assert (there.name, there.zone_name, there.country) == (ada.name, ada.zone_name, ada.country)
    assert is_welcome(ada), "the old link still leads into its hour"
    store.commit()
    told = [letter.payload["changes_hour"] for letter in outbox.with_prefix("fact:SeatGivenBack:")]
    assert told == [True]


def test_changing_back_and_forth_ends_where_it_began(app):
    _first, second = two_hours(society())
    ada = seat(second)
    assert hours.swap(hours.swap(ada)) == ada
    assert states(ada) == ["confirmed"]


def test_a_full_hour_refuses_the_change_and_nothing_is_lost(app):
    _first, second = two_hours(society(), capacity=1)
    seat(_first, "bea@clinic.example", "Bea")
    ada = seat(second)
    with pytest.raises(NoSeatFree, match="You keep what you have"):
        hours.swap(ada)
    assert states(ada) == ["confirmed"]


def test_who_waits_for_the_other_hour_changes_when_its_offer_is_taken(app):
    first, second = two_hours(society(), capacity=1, second_capacity=1)
    bea, ada = seat(first, "bea@clinic.example", "Bea"), seat(second)
    cleo = seat(second, "cleo@clinic.example", "Cleo")
    waiting = hours.wait_for_other(ada)
    assert states(waiting, ada, cleo) == ["waiting", "confirmed", "waiting"]
    seats.give_back(bea)
    assert states(waiting) == ["offered"]
    seats.take_offer(waiting)
    assert states(waiting, ada, cleo) == ["confirmed", "cancelled", "offered"]


def test_a_seat_freed_by_a_change_is_offered_to_who_waits(app):
    first, second = two_hours(society(), second_capacity=1)
    ada, bea = seat(second), seat(second, "bea@clinic.example", "Bea")
    assert states(bea) == ["waiting"]
    hours.swap(ada)
    assert states(ada, bea) == ["cancelled", "offered"]
    assert queries.counts(first.id).confirmed == 1


def test_the_same_address_in_the_other_hour_is_the_same_seat(app):
    first, second = two_hours(society())
    ada = seat(first)
    again = seat(second)
    assert again == ada
    assert queries.seat_of(second.id, ada.person_id) is None


def test_after_the_first_hour_one_may_come_to_the_second_and_keeps_both_on_record(app, clock):
    first, second = two_hours(society())
    ada = seat(first)
    clock.move_to(first.ends_at)
    there = hours.swap(ada)
    assert (there.session_id, states(ada, there)) == (second.id, ["confirmed", "confirmed"])


def test_who_gave_their_place_back_cannot_change(app):
    first, _second = two_hours(society())
    ada = seat(first)
    seats.give_back(ada)
    with pytest.raises(NoSeatFree, match="register again"):
        hours.swap(ada)


def test_an_hour_taken_off_lets_its_people_into_the_one_that_stays(app):
    first, second = two_hours(society())
    ada = seat(second)
    session_hours.remove_hour(second, olga(), "The speaker cannot come twice.")
    there = hours.swap(ada)
    assert (there.session_id, there.state) == (first.id, SeatState.CONFIRMED)
    with pytest.raises(RegistrationClosed):
        hours.swap(there)


def test_twenty_people_change_at_once_for_seven_seats(app):
    first, second = two_hours(society(), capacity=7)
    first_id, second_id = first.id, second.id
    ids = [seat(second, f"p{n}@clinic.example", f"Person {chr(65 + n)}").id for n in range(20)]

    def press(n: int) -> str:
        try:
            with transaction():
                return hours.swap(store.get_one(Seat, ids[n])).state.value
        except NoSeatFree:
            return "kept"

    assert Counter(at_once(app, 20, press)) == {"confirmed": 7, "kept": 13}
    assert (queries.counts(first_id).held, queries.counts(second_id).held) == (7, 13)


def test_ten_change_each_way_at_once_and_nobody_is_lost(app):
    first, second = two_hours(society(), capacity=10, second_capacity=10)
    first_id, second_id = first.id, second.id
    here = [seat(first, f"a{n}@clinic.example", f"Anna {chr(65 + n)}").id for n in range(9)]
    there = [seat(second, f"b{n}@clinic.example", f"Berta {chr(65 + n)}").id for n in range(9)]

    def press(n: int) -> None:
        try:
            with transaction():
                hours.swap(store.get_one(Seat, [*here, *there][n]))
        except NoSeatFree:
            pass

    at_once(app, 18, press)
    counts = queries.counts(first_id), queries.counts(second_id)
    assert sum(count.confirmed for count in counts) == 18
    assert all(count.held <= 10 for count in counts)
