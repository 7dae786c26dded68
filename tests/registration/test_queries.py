"""What other rooms ask: counts, positions, people in pages of 100, and never a foreign seat."""

import pytest

from tests.factories.registration import call_off, open_session, seat, seats
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.registration.models import SeatState
from webinar.registration.queries import seats as queries
from webinar.registration.queries.seats import Counts
from webinar.registration.service import seats as service


@pytest.fixture(autouse=True)
def _in_an_app(app):
    """Every test here works on a fresh database."""


def test_counts_say_how_many_stand_in_each_state():
    session, empty = open_session(capacity=2), open_session()
    first, *_ = seats(session, 5)
    service.give_back(first)
    found = queries.counts(session.id)
    assert found == Counts(confirmed=1, offered=1, waiting=2, cancelled=1)
    assert (found.held, found.everybody) == (2, 5)
    assert queries.counts_of([session.id, empty.id]) == {session.id: found, empty.id: Counts()}


def test_the_confirmed_come_with_their_people_in_one_question(count_queries):
    session = open_session(capacity=3)
    seats(session, 5)
    session_id = session.id
    store.expire_all()
    with count_queries() as asked:
        names = [each.person.name for each in queries.confirmed(session_id)]
    assert (names, len(asked)) == (["Person Ab", "Person Ac", "Person Ad"], 1)


def test_people_come_in_pages_of_a_hundred_in_the_order_of_registration():
    session = open_session(capacity=101)
    made = seats(session, 103)
    first, second = queries.people(session.id), queries.people(session.id, 2)
    assert (first.first, first.last, first.total, first.pages) == (1, 100, 103, 2)
    assert (second.first, second.last) == (101, 103)
    assert [*first.seats, *second.seats] == made
    waiting = queries.people(session.id, state=SeatState.WAITING)
    assert (waiting.total, list(waiting.seats)) == (2, made[101:])


@pytest.mark.parametrize(("asked", "given"), [(-5, 1), (0, 1), (99, 1)])
def test_a_page_out_of_range_gives_the_nearest(asked, given):
    session = open_session()
    seat(session)
    assert queries.people(session.id, asked).number == given


def test_without_people_there_is_one_empty_page():
    found = queries.people(open_session().id)
    assert (found.first, found.last, found.total, found.pages, list(found.seats)) == (0, 0, 0, 1, [])


def test_a_person_has_their_seats_by_the_start_of_the_sessions():
    late, early = open_session(minutes=90), open_session()
    ada, other = seat(late), seat(early)
    seat(early, "bea@clinic.example", "Bea")
    assert list(queries.of_person(ada.person_id)) == [ada, other]
    call_off(early)
    assert list(queries.of_person(ada.person_id)) == [ada, other]


@pytest.mark.parametrize("token", ["", "ti_", "jn_x", "ti_\x00", "ti_" + "x" * 5000, "\ud800"])
def test_rubbish_opens_nothing(token):
    seat(open_session())
    for opens in (queries.by_ticket, queries.by_join):
        with pytest.raises(Missing):
            opens(token)


def test_one_kind_of_link_opens_one_door():
    made = seat(open_session())
    ticket = queries.ticket_path(made).removeprefix("/t/")
    join = queries.join_path(made).removeprefix("/j/")
    for opens, foreign in ((queries.by_ticket, join), (queries.by_join, ticket)):
        with pytest.raises(Missing):
            opens(foreign)


def test_a_seat_is_found_among_those_of_a_device_only_at_its_own_session():
    session, other = open_session(), open_session()
    made = seat(session)
    assert queries.seat_among(session.id, [made.id, 999]) is made
    assert queries.seat_among(other.id, [made.id]) is None
    assert queries.seat_among(session.id, []) is None
