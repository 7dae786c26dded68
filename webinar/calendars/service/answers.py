"""What an answer brings about once it is believed: the one that stands, a freed seat, another question."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select

from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.calendars.formats.address import normal, spellings
from webinar.calendars.models import CalendarReply, DeclinePolicy, SeatAnswer
from webinar.calendars.queries import answers as queries
from webinar.calendars.rules import reply as rules
from webinar.calendars.rules.reply import DeclineRule, Says, Standing, Word
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.refusal import Invalid, Missing
from webinar.registration.models import Seat, SeatState
from webinar.registration.rules import Door, door
from webinar.registration.service import seats as registration
from webinar.sessions.models import Session

MAILS_A_DAY = 5
DAY = timedelta(days=1)
_LASTING = frozenset(set(Says) - {Says.NEEDS_ACTION})


def judge(reply: CalendarReply, now: datetime) -> None:
    """Decide about a reply whose sender is believed, and do what follows. `now` is aware UTC."""
    seat = reply.seat
    if seat is None:
        raise ValueError("a reply without a seat cannot be judged")
    if reply.method == Word.COUNTER:
        _stands(reply, Standing.NOTED, "asks for another time")
        _mail("counter_declined", seat, f"reply:{reply.id}", now)
    elif reply.method == Word.REFRESH:
        _stands(reply, Standing.NOTED, "asks for the invitation again")
        _mail("registered", seat, f"refresh:{reply.id}", now)
    elif reply.says not in _LASTING:
        _stands(reply, Standing.NOTED, "it says neither yes nor no")
    elif not rules.is_later((reply.sequence, reply.stamp_at, reply.mailed_at), _last_mark(seat.id)):
        _stands(reply, Standing.OVERTAKEN, "a later answer was here first")
    else:
        _answer(reply, seat, now)


def _answer(reply: CalendarReply, seat: Seat, now: datetime) -> None:
    if seat.state is SeatState.CANCELLED:
        return _answer_without_seat(reply, seat, now)
    if rules.answers_old_time(reply.sequence, reply.stamp_at, queries.asked_of(seat)):
        _stands(reply, Standing.OLD_TIME, "it answers an earlier time")
        return _mail("asked_again", seat, f"{seat.session.revision}:{seat.version}", now)
    answer = _take(reply, seat, now)
    if reply.says == Says.DECLINED and seat.state is SeatState.CONFIRMED:
        _declined(answer, seat, now)
    return None


def _answer_without_seat(reply: CalendarReply, seat: Seat, now: datetime) -> None:
    """Who gave the seat back and now says yes is told how to come after all."""
    if reply.stamp_at < seat.changed_at:
        return _stands(reply, Standing.OVERTAKEN, "the seat was given back since")
    _take(reply, seat, now)
    if reply.says in {Says.ACCEPTED, Says.TENTATIVE}:
        _mail("seat_again", seat, f"reply:{reply.id}", now)
    return None


def _take(reply: CalendarReply, seat: Seat, now: datetime) -> SeatAnswer:
    _stands(reply, Standing.TAKEN, "")
    answer = store.get(SeatAnswer, seat.id, populate_existing=True)
    if answer is None:
        answer = SeatAnswer(seat_id=seat.id)
        store.add(answer)
    answer.reply_id, answer.asks, answer.changed_at = reply.id, False, now
    store.flush()
    return answer


def _declined(answer: SeatAnswer, seat: Seat, now: datetime) -> None:
    rule = queries.decline_rule(seat.session.society_id)
    if door(seat.session.state, now, seat.session.ends_at) is not Door.OPEN:
        return
    if rule is DeclineRule.FREE:
        registration.give_back(seat)
    answer.asks = rule is DeclineRule.ASK
    store.flush()


def accept(session: Session, reply: CalendarReply, actor: Person, now: datetime, address: str = "") -> None:
    """An organiser says that a held answer counts; `address` names the registered person where it is unknown.

    Raises Invalid where nobody registered with that address, Missing where it is no longer held.
    """
    _refuse_unless_held(reply)
    if reply.seat_id is None:
        seat = queries.seat_of_addresses(session.id, spellings([normal(address)]))
        if seat is None:
            raise Invalid(
                "Nobody registered for this session with this address. Type the address they registered with.",
                "address",
            )
        reply.seat_id, reply.seat = seat.id, seat
        reply.sequence = min(reply.sequence, queries.asked_of(seat).sequence)
    _decide(reply, actor, now, "reply.accepted", session)
    judge(reply, now)


def ignore(session: Session, reply: CalendarReply, actor: Person, now: datetime) -> None:
    """An organiser says that a held answer does not count. Raises Missing where it is no longer held."""
    _refuse_unless_held(reply)
    reply.standing = Standing.IGNORED
    _decide(reply, actor, now, "reply.ignored", session)


def free(session: Session, seat_id: int, actor: Person) -> Seat:
    """Give back the seat of somebody who declined, as organisers wish. Raises Missing, RegistrationClosed."""
    answer = _asking(session, seat_id)
    answer.asks = False
    registration.give_back(answer.seat)
    _record("seat.freed_after_decline", "seat", seat_id, actor, session)
    return answer.seat


def keep(session: Session, seat_id: int, actor: Person) -> Seat:
    """Leave the seat with somebody who declined. Raises Missing."""
    answer = _asking(session, seat_id)
    answer.asks = False
    store.flush()
    _record("seat.kept_after_decline", "seat", seat_id, actor, session)
    return answer.seat


def choose_rule(society_id: int, rule: DeclineRule, actor: Person) -> None:
    """What shall happen from now on when somebody declines in their calendar."""
    policy = store.get(DeclinePolicy, society_id)
    if policy is None:
        store.add(DeclinePolicy(society_id=society_id, rule=rule))
    else:
        policy.rule = rule
    store.flush()
    detail = {"rule": rule.value}
    audit.record(
        "society.decline_rule",
        "society",
        society_id,
        actor_id=actor.id,
        society_id=society_id,
        detail=detail,
    )


def _asking(session: Session, seat_id: int) -> SeatAnswer:
    found = (
        select(SeatAnswer)
        .join(SeatAnswer.seat)
        .where(SeatAnswer.seat_id == seat_id, Seat.session_id == session.id, SeatAnswer.asks)
    )
    answer = store.scalar(found.with_for_update(of=SeatAnswer))
    if answer is None:
        raise Missing("This was decided already.")
    return answer


def _refuse_unless_held(reply: CalendarReply) -> None:
    store.refresh(reply, with_for_update=True)
    if reply.standing is not Standing.HELD:
        raise Missing("This was decided already.")


def _decide(reply: CalendarReply, actor: Person, now: datetime, action: str, session: Session) -> None:
    reply.decided_at, reply.decided_by_id = now, actor.id
    store.flush()
    _record(action, "calendar_reply", reply.id, actor, session)


def _record(action: str, thing: str, thing_id: int, actor: Person, session: Session) -> None:
    detail = {"session_id": session.id}
    society_id = session.society_id
    audit.record(action, thing, thing_id, actor_id=actor.id, society_id=society_id, detail=detail)


def _stands(reply: CalendarReply, standing: Standing, because: str) -> None:
    reply.standing, reply.because = standing, because


def _last_mark(seat_id: int) -> rules.Mark | None:
    last = queries.answer_of(seat_id)
    return (last.reply.sequence, last.reply.stamp_at, last.reply.mailed_at) if last else None


def _mail(name: str, seat: Seat, once: str, now: datetime) -> None:
    """A mail to the seat's holder, once for `once`, and a few a day: answers may come from machines too.

    Only who has a place has an invitation to be asked about; who left hears only how to come back.
    """
    if (seat.state is SeatState.CONFIRMED) is (name == "seat_again"):
        return
    with suppress(accounts.TooOften):
        accounts.knock("calendar-mail", str(seat.id), most=MAILS_A_DAY, within=DAY)
        payload = {"seat_id": seat.id, "version": seat.version}
        outbox.post(f"mail.{name}", f"mail:{name}:{seat.id}:{once}", payload, due_at=now)
