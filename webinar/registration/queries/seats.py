"""Finding seats: by their secret links, by session, by person; and counting them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from webinar.accounts.rules import TokenKind, fingerprint, is_kind
from webinar.accounts.service import token_of
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.registration import rules
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Session, State
from webinar.translatable import N_

HOLDING = (SeatState.CONFIRMED, SeatState.OFFERED)
PAGE = 100
_DEAD_LINK = N_(
    "This link opens no place. It may have been cut off by the mail program: please copy the whole of it, "
    "or register again with the same address and we send it once more."
)


def by_ticket(token: str) -> Seat:
    """The seat whose ticket a token opens, with session, society and person. Raises Missing, in words."""
    return _opened(token, TokenKind.TICKET, Seat.ticket_hash)


def by_join(token: str) -> Seat:
    """The seat whose join link a token is, with session, society and person. Raises Missing, in words."""
    return _opened(token, TokenKind.JOIN, Seat.join_hash)


def _opened(token: str, kind: TokenKind, column: InstrumentedAttribute[str]) -> Seat:
    seat = None
    if is_kind(token, kind):
        seat = store.scalar(select(Seat).where(column == fingerprint(token)).options(*_WHOLE))
    if seat is None or seat.session.state is State.DRAFT:
        raise Missing(_DEAD_LINK)
    return seat


_WHOLE = (joinedload(Seat.session).joinedload(Session.society), joinedload(Seat.person))


def ticket_path(seat: Seat) -> str:
    """The path of a seat's ticket page, a secret of its holder."""
    return f"/t/{token_of(TokenKind.TICKET, seat.nonce)}"


def join_path(seat: Seat) -> str:
    """The path of a seat's permanent join link, a secret of its holder."""
    return f"/j/{token_of(TokenKind.JOIN, seat.nonce)}"


def seat(seat_id: int) -> Seat | None:
    """The seat of an id with session, society and person, for mails."""
    return store.scalar(select(Seat).where(Seat.id == seat_id).options(*_WHOLE))


def seat_of(session_id: int, person_id: int) -> Seat | None:
    """Somebody's seat at one session, in whatever state, read afresh."""
    found = select(Seat).where(Seat.session_id == session_id, Seat.person_id == person_id)
    return store.scalar(found, execution_options={"populate_existing": True})


def seat_among(session_id: int, seat_ids: Sequence[int]) -> Seat | None:
    """The one of some seats that is at this session."""
    return store.scalar(select(Seat).where(Seat.session_id == session_id, Seat.id.in_(seat_ids)).limit(1))


def seats_of(session_id: int, *states: SeatState) -> Sequence[Seat]:
    """The seats of a session with their people, oldest first; all states, or only those given."""
    found = select(Seat).where(Seat.session_id == session_id).options(joinedload(Seat.person))
    if states:
        found = found.where(Seat.state.in_(states))
    return store.scalars(found.order_by(Seat.id)).all()


def confirmed(session_id: int) -> Sequence[Seat]:
    """Who has a place, with their people, oldest first."""
    return seats_of(session_id, SeatState.CONFIRMED)


def of_person(person_id: int) -> Sequence[Seat]:
    """All seats of one person with session and society, by the sessions' start."""
    return store.scalars(
        select(Seat)
        .join(Seat.session)
        .where(Seat.person_id == person_id, Session.state != State.DRAFT)
        .options(*_WHOLE)
        .order_by(Session.starts_at, Seat.id)
    ).all()


@dataclass(frozen=True)
class Counts:
    """How many seats of a session stand in each state."""

    confirmed: int = 0
    offered: int = 0
    waiting: int = 0
    cancelled: int = 0

    @property
    def held(self) -> int:
        """Seats that count against the capacity."""
        return self.confirmed + self.offered

    @property
    def everybody(self) -> int:
        """All who ever registered."""
        return self.held + self.waiting + self.cancelled


def counts(session_id: int) -> Counts:
    """How many seats of a session stand in each state."""
    rows = store.execute(
        select(Seat.state, func.count()).where(Seat.session_id == session_id).group_by(Seat.state)
    )
    return Counts(**{state.value: number for state, number in rows})


def counts_of(session_ids: Sequence[int]) -> dict[int, Counts]:
    """The counts of several sessions in one question; a session without seats has zeros."""
    found: dict[int, dict[str, int]] = {session_id: {} for session_id in session_ids}
    rows = store.execute(
        select(Seat.session_id, Seat.state, func.count())
        .where(Seat.session_id.in_(session_ids))
        .group_by(Seat.session_id, Seat.state)
    )
    for session_id, state, number in rows:
        found[session_id][state.value] = number
    return {session_id: Counts(**numbers) for session_id, numbers in found.items()}


def held(session_id: int) -> int:
    """How many seats count against the capacity: confirmed and offered."""
    counted = select(func.count()).where(Seat.session_id == session_id, Seat.state.in_(HOLDING))
    return store.scalar(counted) or 0


def position(seat: Seat) -> int | None:
    """Somebody's place in the queue, counted from 1; None for who does not stand in it."""
    if seat.state is not SeatState.WAITING or seat.queued_at is None:
        return None
    before = or_(Seat.queued_at < seat.queued_at, and_(Seat.queued_at == seat.queued_at, Seat.id <= seat.id))
    counted = select(func.count()).where(_queued(seat.session_id), before)
    return store.scalar(counted) or 0


def has_lapsed(seat: Seat) -> bool:
    """Whether somebody let an offer pass: still on record, queued again only by their own press."""
    return seat.state is SeatState.WAITING and seat.queued_at is None


def queue(session_id: int, limit: int | None = None) -> Sequence[Seat]:
    """Who waits, longest first, read afresh."""
    found = select(Seat).where(_queued(session_id)).order_by(Seat.queued_at, Seat.id).limit(limit)
    return store.scalars(found, execution_options={"populate_existing": True}).all()


def end_of_queue(session_id: int, now: datetime) -> datetime:
    """When somebody who comes at `now` is queued: later than all, although servers' clocks differ."""
    last = store.scalar(select(func.max(Seat.queued_at)).where(_queued(session_id)))
    return now if last is None else max(now, last + timedelta(microseconds=1))


def is_first_come(session: Session, now: datetime) -> bool:
    """Whether there is a free seat, and whoever asks now has it."""
    late = not rules.offers_run(now, session.starts_at)
    return late and rules.has_room(session.capacity, held(session.id))


def lapsed_offers(session: Session, now: datetime) -> Sequence[Seat]:
    """Offers of a session that are over at `now`, read afresh."""
    offered = select(Seat).where(Seat.session_id == session.id, Seat.state == SeatState.OFFERED)
    seats = store.scalars(offered.order_by(Seat.id), execution_options={"populate_existing": True})
    return [seat for seat in seats if rules.offer_lapsed(now, seat.offer_ends_at, session.starts_at)]


def sessions_to_settle(now: datetime) -> Sequence[int]:
    """Ids of sessions with an offer that is over, or with a free seat and somebody waiting for it."""
    lapsed = and_(
        Seat.state == SeatState.OFFERED,
        or_(Seat.offer_ends_at <= now, Session.starts_at <= now + rules.OFFERS_END_BEFORE),
    )
    queued = and_(Seat.state == SeatState.WAITING, Seat.queued_at.is_not(None))
    holding = func.count(case((Seat.state.in_(HOLDING), 1)))
    waiting = func.count(case((queued, 1)))
    free = or_(Session.capacity.is_(None), holding < Session.capacity)
    return store.scalars(
        select(Session.id)
        .join(Seat, Seat.session_id == Session.id)
        .where(Session.state == State.PUBLISHED, Session.ends_at > now)
        .group_by(Session.id)
        .having(
            or_(
                func.count(case((lapsed, 1))) > 0,
                and_(waiting > 0, free, Session.starts_at > now + rules.NO_OFFERS_WITHIN),
            )
        )
        # Two sweeps at once must lock the hours of a session in one order: see service.ledger.locked.
        .order_by(func.coalesce(Session.twin_of_id, Session.id), Session.id)
    ).all()


@dataclass(frozen=True)
class PeoplePage:
    """At most 100 seats with their people; `first` and `last` count from 1, `number` is the page's."""

    seats: Sequence[Seat]
    number: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.seats else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.seats)

    @property
    def pages(self) -> int:
        return max(-(-self.total // PAGE), 1)


def people(session_id: int, number: int = 1, state: SeatState | None = None) -> PeoplePage:
    """A page of who registered, in the order of registration; a number out of range gives the nearest."""
    chosen = [Seat.session_id == session_id, *([Seat.state == state] if state else [])]
    total = store.scalar(select(func.count()).select_from(Seat).where(*chosen)) or 0
    number = min(max(number, 1), max(-(-total // PAGE), 1))
    found = select(Seat).where(*chosen).options(joinedload(Seat.person)).order_by(Seat.created_at, Seat.id)
    seats = store.scalars(found.limit(PAGE).offset((number - 1) * PAGE)).all()
    return PeoplePage(seats, number, total)


def _queued(session_id: int) -> ColumnElement[bool]:
    return and_(Seat.session_id == session_id, Seat.state == SeatState.WAITING, Seat.queued_at.is_not(None))
