"""Taking a seat, giving it back, and the waiting list, each under the lock of the one session."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from webinar.accounts import queries as accounts_queries
from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.outbox import service as outbox
from webinar.registration import facts, rules
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as queries
from webinar.registration.queries.hours import standing_elsewhere
from webinar.registration.rules import Application
from webinar.registration.service.ledger import (
    blank,
    change,
    enter,
    hold,
    lapse,
    leave_other_hour,
    locked,
    part,
    record,
    settle,
    tell,
)
from webinar.sessions.models import Session
from webinar.sessions.rules.question import read_questions
from webinar.timekeeping import clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MAILED_AGAIN_A_DAY = 3
MAILED_AGAIN_AN_HOUR = 4


@dataclass(frozen=True)
class Admission:
    """What came of an application; `is_new` is False where the address had a seat already.

    Then the seat belongs to whoever reads that address: a stranger's browser must not see it.
    """

    seat: Seat
    is_new: bool


def register(session: Session, application: Application) -> Seat:
    """The seat of an application; see `admit`."""
    return admit(session, application).seat


def admit(session: Session, application: Application) -> Admission:
    """Seat somebody, or put them on the waiting list. The same address twice is the same seat.

    So it is for the other live hour of a session: whoever has a place there keeps it, and changes hours
    on their ticket, for an address proves nobody. Raises RegistrationClosed, or Invalid with the field.
    """
    given = rules.checked(application, read_questions(session.questions))
    session, now = locked(session.id), clock.now()
    rules.refuse_closed(session.state, now, session.ends_at)
    settle(session, now)
    person = accounts.known_person(given.email, given.name, country=given.country, locale=given.locale)
    seat = queries.seat_of(session.id, person.id)
    standing = seat if seat is not None and seat.state is not SeatState.CANCELLED else None
    standing = standing or standing_elsewhere(session, person.id, now)
    if standing is not None:
        _register_again(standing, standing.session, now)
        return Admission(standing, is_new=False)
    seat = seat or blank(session, person, now)
    seat.name, seat.country, seat.answers = given.name, given.country, dict(given.answers)
    seat.zone_name, seat.locale, seat.alarm = given.zone_name, given.locale, given.alarm
    enter(seat, session, now)
    return Admission(seat, is_new=True)


def _register_again(seat: Seat, session: Session, now: datetime) -> None:
    """A repeated application is the person's own press: it queues who had let an offer pass.

    Else nothing changes but that the mail goes out again, a few times a day.
    """
    if seat.state is SeatState.WAITING and (queries.has_lapsed(seat) or queries.is_first_come(session, now)):
        enter(seat, session, now)
        return leave_other_hour(seat, session, now)
    times = accounts_queries.knocks_since("register-again", str(seat.id), now - DAY)
    with suppress(accounts.TooOften):
        accounts.knock("mail-again", str(seat.person_id), most=MAILED_AGAIN_AN_HOUR, within=HOUR)
        accounts.knock("register-again", str(seat.id), most=MAILED_AGAIN_A_DAY, within=DAY)
        outbox.tell(facts.RegistrationRepeated(seat.id, now.date().isoformat(), times + 1))
    return None


def give_back(seat: Seat) -> None:
    """Leave: a place, an offer (declining it) or the waiting list. Twice is harmless.

    A freed seat is offered to the next in the queue at once. Raises RegistrationClosed.
    """
    session, now = hold(seat)
    if seat.state is SeatState.CANCELLED:
        return
    part(seat, session, now)


def take_offer(seat: Seat) -> None:
    """Accept an offered seat; in the last two hours, also a free one. Twice is harmless.

    Raises OfferGone, NoSeatFree or RegistrationClosed.
    """
    session, now = hold(seat)
    if seat.state is SeatState.CONFIRMED:
        return
    if seat.state is SeatState.OFFERED:
        if rules.offer_lapsed(now, seat.offer_ends_at, session.starts_at):
            raise rules.OfferGone(
                "This offer is over, and the seat goes to the next in the queue. You can put yourself back "
                "at the end of the waiting list."
            )
    elif seat.state is SeatState.CANCELLED:
        raise rules.NoSeatFree("You left this session. To come after all, please register again.")
    elif not queries.is_first_come(session, now):
        raise rules.NoSeatFree("No seat is free at this moment. You keep your place on the waiting list.")
    change(seat, SeatState.CONFIRMED, now)
    tell(seat)
    leave_other_hour(seat, session, now)


def requeue(seat: Seat) -> None:
    """Put somebody whose offer passed back at the end of the queue, or into a seat that is free.

    Harmless for who is queued or seated. Raises OfferGone, NoSeatFree or RegistrationClosed.
    """
    session, now = hold(seat)
    if seat.state is SeatState.CANCELLED:
        raise rules.NoSeatFree("You left this session. To come after all, please register again.")
    if seat.state is SeatState.OFFERED and rules.offer_lapsed(now, seat.offer_ends_at, session.starts_at):
        lapse(seat, session, now)
    settle(session, now)
    if queries.has_lapsed(seat):
        enter(seat, session, now)
        leave_other_hour(seat, session, now)


def expire_offers(now: datetime) -> None:
    """Sweep: take back offers that are over, and offer what is free to who waits. `now` is UTC."""
    for session_id in queries.sessions_to_settle(now):
        settle(locked(session_id), now)


def offer_freed(fact: facts.OfSession) -> None:
    """Reaction to a raised capacity or a moved start: offer what is free now."""
    settle(locked(fact.session_id), clock.now())


def walk_in(session: Session, application: Application, actor: Person) -> Seat:
    """The confirmed seat of somebody who came without one, by an organiser's word and after the session too.

    Capacity and custom questions do not matter any more, and nobody is invited to what they have
    attended. A known address keeps its seat. Raises Invalid with the field at fault.
    """
    given = rules.checked(application, ())
    session, now = locked(session.id), clock.now()
    person = accounts.known_person(given.email, given.name, country=given.country, locale=given.locale)
    seat = queries.seat_of(session.id, person.id)
    if seat is None:
        seat = blank(session, person, now)
        seat.name, seat.country, seat.answers = given.name, given.country, {}
        seat.zone_name, seat.locale = given.zone_name, given.locale
    if seat.state is not SeatState.CONFIRMED:
        change(seat, SeatState.CONFIRMED, now)
        record("seat.walked_in", seat, session, actor_id=actor.id)
    return seat
