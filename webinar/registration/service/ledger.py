"""The ledger of seats: the lock of a session's live hours, and each change of a seat put on record."""

from datetime import datetime

from sqlalchemy import or_, select

from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, fingerprint
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.registration import facts, rules
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as queries
from webinar.registration.queries.hours import standing_elsewhere
from webinar.sessions.models import Session, State
from webinar.timekeeping import clock

_TOLD = {
    SeatState.CONFIRMED: facts.SeatConfirmed,
    SeatState.OFFERED: facts.SeatOffered,
    SeatState.WAITING: facts.SeatWaiting,
}


def locked(session_id: int) -> Session:
    """The session, read afresh under its lock (SQLite holds the only write lock anyway).

    The other live hour is locked with it, the first one first, for people change between them. The weaker
    lock lets rows that merely refer to the session be inserted meanwhile.
    """
    lead_id = select(Session.twin_of_id).where(Session.id == session_id).scalar_subquery()
    same = or_(Session.id == session_id, Session.id == lead_id, Session.twin_of_id == session_id)
    found = select(Session).where(same).order_by(Session.id).with_for_update(key_share=True)
    hours = store.scalars(found, execution_options={"populate_existing": True}).all()
    return next(hour for hour in hours if hour.id == session_id)


def hold(seat: Seat) -> tuple[Session, datetime]:
    """A seat's session under its lock, and the present. Raises RegistrationClosed."""
    session = locked(seat.session_id)
    store.refresh(seat)
    now = clock.now()
    rules.refuse_closed(session.state, now, session.ends_at)
    return session, now


def settle(session: Session, now: datetime) -> None:
    """Take lapsed offers back, then offer what is free, longest waiting first. Needs the lock."""
    if session.state is not State.PUBLISHED:
        return
    for seat in queries.lapsed_offers(session, now):
        lapse(seat, session, now)
    if not rules.offers_run(now, session.starts_at):
        return
    free = rules.free_seats(session.capacity, queries.held(session.id))
    for seat in queries.queue(session.id, free):
        ends_at = rules.offer_ends_at(now, session.starts_at)
        change(seat, SeatState.OFFERED, now, offer_ends_at=ends_at)
        tell(seat)
        record("seat.offered", seat, session)


def lapse(seat: Seat, session: Session, now: datetime) -> None:
    """Take back an offer that was not answered: its holder keeps a seat in no queue."""
    change(seat, SeatState.WAITING, now, offer_ends_at=seat.offer_ends_at)
    record("seat.offer_lapsed", seat, session)


def enter(seat: Seat, session: Session, now: datetime, *, with_series: bool = False) -> None:
    """Into a seat if there is room, else to the end of the queue. Needs the lock, after `settle`.

    `with_series` says that one mail will tell of all dates.
    """
    if rules.has_room(session.capacity, queries.held(session.id)):
        change(seat, SeatState.CONFIRMED, now)
    else:
        change(seat, SeatState.WAITING, now, queued_at=queries.end_of_queue(session.id, now))
    tell(seat, **({"with_series": True} if with_series else {}))


def change(
    seat: Seat,
    state: SeatState,
    now: datetime,
    *,
    queued_at: datetime | None = None,
    offer_ends_at: datetime | None = None,
) -> None:
    """Put a seat into another state; its version rises."""
    seat.state, seat.version, seat.changed_at = state, seat.version + 1, now
    seat.queued_at, seat.offer_ends_at = queued_at, offer_ends_at
    store.add(seat)
    store.flush()
    outbox.note(facts.SeatChanged(seat.id))


def tell(seat: Seat, **told: bool) -> None:
    """Tell the state that a seat is in, with further fields of its fact."""
    outbox.tell(_TOLD[seat.state](seat.id, seat.version, **told))


def record(action: str, seat: Seat, session: Session, actor_id: int | None = None) -> None:
    """A line in the audit log."""
    detail = {"session_id": session.id, "version": seat.version}
    audit.record(action, "seat", seat.id, actor_id=actor_id, society_id=session.society_id, detail=detail)


def part(
    seat: Seat,
    session: Session,
    now: datetime,
    *,
    changes_hour: bool = False,
    with_series: bool = False,
) -> None:
    """Free a seat, tell it and offer it on. Needs the lock."""
    was = seat.state
    change(seat, SeatState.CANCELLED, now)
    outbox.tell(facts.SeatGivenBack(seat.id, seat.version, was.value, changes_hour, with_series))
    record("seat.given_back", seat, session, actor_id=seat.person_id)
    settle(session, now)


def leave_other_hour(seat: Seat, session: Session, now: datetime) -> None:
    """One seat a person: who has a sure place in one live hour gives back what they hold in the other.

    Needs the lock.
    """
    held = standing_elsewhere(session, seat.person_id, now)
    if held is not None and seat.state is SeatState.CONFIRMED:
        part(held, held.session, now, changes_hour=True)


def blank(session: Session, person: Person, now: datetime) -> Seat:
    """A seat that is in no state yet."""
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
