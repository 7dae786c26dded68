"""Taking a seat, giving it back, and the waiting list, each under the lock of the one session."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from webinar.accounts import queries as accounts_queries
from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, fingerprint
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.registration import facts, queries, rules
from webinar.registration.models import Seat, SeatState
from webinar.registration.rules import Application
from webinar.sessions.models import Session, State
from webinar.sessions.rules.question import read_questions
from webinar.timekeeping import clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MAILED_AGAIN_A_DAY = 3
MAILED_AGAIN_AN_HOUR = 4
_TOLD = {
    SeatState.CONFIRMED: facts.SeatConfirmed,
    SeatState.OFFERED: facts.SeatOffered,
    SeatState.WAITING: facts.SeatWaiting,
}


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

    Raises RegistrationClosed, or Invalid with the field at fault.
    """
    given = rules.checked(application, read_questions(session.questions))
    session, now = _locked(session.id), clock.now()
    rules.refuse_closed(session.state, now, session.ends_at)
    _settle(session, now)
    person = accounts.known_person(given.email, given.name, country=given.country, locale=given.locale)
    seat = queries.seat_of(session.id, person.id)
    if seat is not None and seat.state is not SeatState.CANCELLED:
        _register_again(seat, session, now)
        return Admission(seat, is_new=False)
    seat = seat or _blank(session, person, now)
    seat.name, seat.country, seat.answers = given.name, given.country, dict(given.answers)
    seat.zone_name, seat.locale = given.zone_name, given.locale
    _enter(seat, session, now)
    return Admission(seat, is_new=True)


def _blank(session: Session, person: Person, now: datetime) -> Seat:
    nonce, ticket_hash = accounts.minted(TokenKind.TICKET)
    return Seat(
        session_id=session.id,
        person_id=person.id,
        version=0,
        nonce=nonce,
        ticket_hash=ticket_hash,
        join_hash=fingerprint(accounts.token_of(TokenKind.JOIN, nonce)),
        created_at=now,
    )


def _register_again(seat: Seat, session: Session, now: datetime) -> None:
    """A repeated application is the person's own press: it queues who had let an offer pass.

    Else nothing changes but that the mail goes out again, a few times a day.
    """
    if seat.state is SeatState.WAITING and (queries.has_lapsed(seat) or queries.is_first_come(session, now)):
        return _enter(seat, session, now)
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
    session, now = _hold(seat)
    if seat.state is SeatState.CANCELLED:
        return
    was = seat.state
    _change(seat, SeatState.CANCELLED, now)
    outbox.tell(facts.SeatGivenBack(seat.id, seat.version, was.value))
    _record("seat.given_back", seat, session, actor_id=seat.person_id)
    _settle(session, now)


def take_offer(seat: Seat) -> None:
    """Accept an offered seat; in the last two hours, also a free one. Twice is harmless.

    Raises OfferGone, NoSeatFree or RegistrationClosed.
    """
    session, now = _hold(seat)
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
    _change(seat, SeatState.CONFIRMED, now)
    _tell(seat)


def requeue(seat: Seat) -> None:
    """Put somebody whose offer passed back at the end of the queue, or into a seat that is free.

    Harmless for who is queued or seated. Raises OfferGone, NoSeatFree or RegistrationClosed.
    """
    session, now = _hold(seat)
    if seat.state is SeatState.CANCELLED:
        raise rules.NoSeatFree("You left this session. To come after all, please register again.")
    if seat.state is SeatState.OFFERED and rules.offer_lapsed(now, seat.offer_ends_at, session.starts_at):
        _lapse(seat, session, now)
    _settle(session, now)
    if queries.has_lapsed(seat):
        _enter(seat, session, now)


def expire_offers(now: datetime) -> None:
    """Sweep: take back offers that are over, and offer what is free to who waits. `now` is UTC."""
    for session_id in queries.sessions_to_settle(now):
        _settle(_locked(session_id), now)


def offer_freed(fact: facts.OfSession) -> None:
    """Reaction to a raised capacity or a moved start: offer what is free now."""
    _settle(_locked(fact.session_id), clock.now())


def _locked(session_id: int) -> Session:
    """The session, read afresh under its lock (SQLite holds the only write lock anyway).

    The weaker lock lets rows that merely refer to the session be inserted meanwhile.
    """
    locked = select(Session).where(Session.id == session_id).with_for_update(key_share=True)
    return store.scalars(locked, execution_options={"populate_existing": True}).one()


def _hold(seat: Seat) -> tuple[Session, datetime]:
    session = _locked(seat.session_id)
    store.refresh(seat)
    now = clock.now()
    rules.refuse_closed(session.state, now, session.ends_at)
    return session, now


def _settle(session: Session, now: datetime) -> None:
    """Take lapsed offers back, then offer what is free, longest waiting first. Needs the lock."""
    if session.state is not State.PUBLISHED:
        return
    for seat in queries.lapsed_offers(session, now):
        _lapse(seat, session, now)
    if not rules.offers_run(now, session.starts_at):
        return
    free = rules.free_seats(session.capacity, queries.held(session.id))
    for seat in queries.queue(session.id, free):
        ends_at = rules.offer_ends_at(now, session.starts_at)
        _change(seat, SeatState.OFFERED, now, offer_ends_at=ends_at)
        _tell(seat)
        _record("seat.offered", seat, session)


def _lapse(seat: Seat, session: Session, now: datetime) -> None:
    _change(seat, SeatState.WAITING, now, offer_ends_at=seat.offer_ends_at)
    _record("seat.offer_lapsed", seat, session)


def _enter(seat: Seat, session: Session, now: datetime) -> None:
    """Into a seat if there is room, else to the end of the queue. Needs the lock, after `_settle`."""
    if rules.has_room(session.capacity, queries.held(session.id)):
        _change(seat, SeatState.CONFIRMED, now)
    else:
        _change(seat, SeatState.WAITING, now, queued_at=queries.end_of_queue(session.id, now))
    _tell(seat)


def _change(
    seat: Seat,
    state: SeatState,
    now: datetime,
    *,
    queued_at: datetime | None = None,
    offer_ends_at: datetime | None = None,
) -> None:
    seat.state, seat.version, seat.changed_at = state, seat.version + 1, now
    seat.queued_at, seat.offer_ends_at = queued_at, offer_ends_at
    store.add(seat)
    store.flush()
    outbox.note(facts.SeatChanged(seat.id))


def _tell(seat: Seat) -> None:
    outbox.tell(_TOLD[seat.state](seat.id, seat.version))


def _record(action: str, seat: Seat, session: Session, actor_id: int | None = None) -> None:
    detail = {"session_id": session.id, "version": seat.version}
    audit.record(action, "seat", seat.id, actor_id=actor_id, society_id=session.society_id, detail=detail)


def walk_in(session: Session, application: Application, actor: Person) -> Seat:
    """The confirmed seat of somebody who came without one, by an organiser's word and after the session too.

    Capacity and custom questions do not matter any more, and nobody is invited to what they have
    attended. A known address keeps its seat. Raises Invalid with the field at fault.
    """
    given = rules.checked(application, ())
    session, now = _locked(session.id), clock.now()
    person = accounts.known_person(given.email, given.name, country=given.country, locale=given.locale)
    seat = queries.seat_of(session.id, person.id)
    if seat is None:
        seat = _blank(session, person, now)
        seat.name, seat.country, seat.answers = given.name, given.country, {}
        seat.zone_name, seat.locale = given.zone_name, given.locale
    if seat.state is not SeatState.CONFIRMED:
        _change(seat, SeatState.CONFIRMED, now)
        _record("seat.walked_in", seat, session, actor_id=actor.id)
    return seat
