"""Reading for answers: whom and what a reply means, what stands, and what waits for a person."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, fingerprint
from webinar.accounts.service import token_of
from webinar.calendars.models import Arrival, ArrivalState, CalendarReply, DeclinePolicy, SeatAnswer
from webinar.calendars.rules.reply import Asked, DeclineRule, Says, Standing
from webinar.calendars.rules.showing import sequence
from webinar.config import settings
from webinar.db.store import store
from webinar.outbox import queries as outbox
from webinar.refusal import Missing
from webinar.registration.models import Seat, SeriesSeat
from webinar.sessions.facts import SessionMoved
from webinar.sessions.models import Series, Session


def reply_mark(seat: Seat | SeriesSeat) -> str:
    """The secret of a seat, or of a series seat, that may stand behind a plus in the ORGANIZER address.

    128 bits, in lower case.
    """
    return fingerprint(token_of(TokenKind.REPLY, seat.nonce))[:32]


def session_of_uid(uid: str) -> Session | None:
    """The session that calendars hold under a UID, with its society."""
    local, _at, domain = uid.rpartition("@")
    names = {uid, *([local] if domain.lower() == settings().mail_domain.lower() else [])}
    return store.scalar(
        select(Session).where(Session.uid.in_(names)).options(joinedload(Session.society)).limit(1)
    )


def series_of_uid(uid: str) -> Series | None:
    """The series that calendars hold under a UID."""
    local, _at, domain = uid.rpartition("@")
    names = {uid, *([local] if domain.lower() == settings().mail_domain.lower() else [])}
    return store.scalar(select(Series).where(Series.uid.in_(names)).limit(1))


def seat_of_addresses(session_id: int, addresses: Collection[str]) -> Seat | None:
    """The seat of the one person with one of these addresses, read afresh, with session and person."""
    found = (
        select(Seat)
        .join(Seat.person)
        .where(Seat.session_id == session_id, Person.email.in_(addresses))
        .options(joinedload(Seat.session).joinedload(Session.society), joinedload(Seat.person))
    )
    seats = store.scalars(found.limit(2), execution_options={"populate_existing": True}).all()
    return seats[0] if len(seats) == 1 else None


def last_move(session_id: int) -> int:
    """The revision with which a session got its present time; 0 where it was never moved."""
    prefix = SessionMoved(session_id, 0).key.removesuffix("0")
    return max((int(letter.payload["revision"]) for letter in outbox.with_prefix(prefix)), default=0)


def asked_of(seat: Seat) -> Asked:
    """What a seat's present invitation asks about."""
    session = seat.session
    present = sequence(session.revision, seat.version)
    return Asked(present, last_move(session.id) + seat.version, session.starts_at, seat.changed_at)


def held_answer(seat: Seat) -> str:
    """The PARTSTAT to write into an invitation to a seat's holder: what they said about its present time."""
    answer = answer_of(seat.id)
    if answer is None or answer.reply.sequence < asked_of(seat).since:
        return Says.NEEDS_ACTION.value
    return answer.reply.says


def answer_of(seat_id: int) -> SeatAnswer | None:
    """The answer that stands for a seat, with its reply."""
    found = select(SeatAnswer).where(SeatAnswer.seat_id == seat_id).options(joinedload(SeatAnswer.reply))
    return store.scalar(found)


def answers_of(session_id: int) -> Mapping[int, SeatAnswer]:
    """The standing answers at one session, with their replies, by seat."""
    found = select(SeatAnswer).join(SeatAnswer.seat).where(Seat.session_id == session_id)
    answers = store.scalars(found.options(joinedload(SeatAnswer.reply), contains_eager(SeatAnswer.seat)))
    return {answer.seat_id: answer for answer in answers}


def held_replies(session_id: int, limit: int = 100) -> Sequence[CalendarReply]:
    """Answers to one session that wait for a person, oldest first, with their seats."""
    held = select(CalendarReply).where(
        CalendarReply.session_id == session_id, CalendarReply.standing == Standing.HELD
    )
    return store.scalars(
        held.options(joinedload(CalendarReply.seat)).order_by(CalendarReply.id).limit(limit)
    ).all()


def reply_of(session_id: int, reply_id: int) -> CalendarReply:
    """One answer to a session. Raises Missing."""
    reply = store.get(CalendarReply, reply_id)
    if reply is None or reply.session_id != session_id:
        raise Missing
    return reply


def decline_rule(society_id: int) -> DeclineRule:
    """What a society wants when somebody declines; ASK where it never chose."""
    policy = store.get(DeclinePolicy, society_id)
    return policy.rule if policy else DeclineRule.ASK


def troubled_arrivals(limit: int = 200) -> Sequence[tuple[Arrival, CalendarReply | None]]:
    """Mails that no organiser can see: unreadable ones, and answers to sessions that we do not know."""
    unreadable = Arrival.state.in_((ArrivalState.UNREADABLE, ArrivalState.TOO_LARGE))
    lost = and_(CalendarReply.standing == Standing.HELD, CalendarReply.session_id.is_(None))
    rows = store.execute(
        select(Arrival, CalendarReply)
        .outerjoin(CalendarReply, and_(CalendarReply.arrival_id == Arrival.id, lost))
        .where(or_(unreadable, CalendarReply.id.is_not(None)), Arrival.state != ArrivalState.SET_ASIDE)
        .order_by(Arrival.id.desc())
        .limit(limit)
    ).all()
    return [(row[0], row[1]) for row in rows]
