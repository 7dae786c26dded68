"""Sixty people press at once for ten seats (R18, AC-16): real threads, real connections."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from tests.factories.registration import application, open_session, seats, tally
from webinar.db.store import store, transaction
from webinar.outbox import queries as outbox
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as queries
from webinar.registration.rules import NoSeatFree, OfferGone
from webinar.registration.service import seats as service
from webinar.sessions.models import Session

PEOPLE = 60
TEN_AND_FIFTY = {"confirmed": 10, "waiting": 50}


def at_once(app: Flask, number: int, press):
    """Let `number` threads do `press(n)` at the same moment, each in its own app context; their results."""
    store.commit()  # even reading holds SQLite's only write lock
    barrier = threading.Barrier(number)

    def one(n: int):
        with app.app_context():
            barrier.wait(30)
            try:
                return press(n)
            finally:
                store.remove()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def queue_positions(session: Session) -> list[int | None]:
    store.expire_all()
    return [queries.position(each) for each in queries.queue(session.id)]


def test_sixty_services_for_ten_seats_give_exactly_ten(app):
    session_id = open_session().id

    def press(n: int) -> str:
        with transaction():
            session = store.get_one(Session, session_id)
            return service.register(session, application(f"p{n}@clinic.example")).state.value

    answers = at_once(app, PEOPLE, press)
    session = store.get_one(Session, session_id)
    assert Counter(answers) == TEN_AND_FIFTY
    assert tally(session) == TEN_AND_FIFTY
    assert queue_positions(session) == list(range(1, 51))
    assert len(outbox.with_prefix("fact:SeatConfirmed")) == 10
    assert len(outbox.with_prefix("fact:SeatWaiting")) == 50


def test_sixty_browsers_for_ten_seats_give_exactly_ten_and_no_error(app, page):
    session = open_session()
    path = f"/s/{session.slug}/register"
    form = page.get(path)
    values = form.fields(form.form("/register"))
    cookie = form.response.request.cookies | {c.key: c.value for c in page.http._cookies.values()}

    def press(n: int) -> int:
        browser = app.test_client()
        for name, value in cookie.items():
            browser.set_cookie(name, value, domain="webinar.test")
        typed = {"name": "Ada", "email": f"p{n}@clinic.example", "country": "NP"}
        return browser.post(path, data=values | typed, base_url="http://webinar.test").status_code

    assert Counter(at_once(app, PEOPLE, press)) == {303: PEOPLE}
    assert tally(session) == TEN_AND_FIFTY
    assert queue_positions(session) == list(range(1, 51))


def test_the_same_address_sixty_times_at_once_is_one_seat(app):
    session_id = open_session().id

    def press(_: int) -> tuple[int, bool]:
        with transaction():
            found = service.admit(store.get_one(Session, session_id), application())
            return found.seat.id, found.is_new

    answers = at_once(app, 20, press)
    assert Counter(is_new for _, is_new in answers) == {True: 1, False: 19}
    assert len({seat_id for seat_id, _ in answers}) == 1


def test_seats_given_back_and_taken_at_once_never_exceed_the_capacity(app):
    session = open_session()
    session_id = session.id
    ids = [each.id for each in seats(session, 30)]

    def press(n: int) -> None:
        with transaction():
            service.give_back(store.get_one(Seat, ids[n]))

    at_once(app, 15, press)
    counts = queries.counts(session_id)
    assert (counts.cancelled, counts.held, counts.waiting) == (15, 10, 5)
    assert counts.offered == 10  # all ten first seats were given back, each offered on once


def test_one_offer_is_taken_or_lapses_but_never_both(app, clock):
    session = open_session(capacity=1)
    first, second, third = seats(session, 3)
    service.give_back(first)
    store.commit()
    session_id, second_id, ends_at = session.id, second.id, second.offer_ends_at
    clock.move_to(ends_at)

    def press(n: int) -> str:
        try:
            with transaction():
                if n % 2:
                    service.expire_offers(ends_at)
                else:
                    service.take_offer(store.get_one(Seat, second_id))
        except OfferGone:
            return "gone"
        except NoSeatFree:
            return "none free"
        return "done"

    at_once(app, 8, press)
    store.expire_all()
    assert [each.state for each in queries.seats_of(session_id)] == [
        SeatState.CANCELLED,
        SeatState.WAITING,
        SeatState.OFFERED,
    ]
    assert third.version == 2
