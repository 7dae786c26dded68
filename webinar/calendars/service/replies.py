"""Taking answers from calendars: who and what is meant, whether it is believed, and what stands then."""

import hmac
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select

from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.calendars.formats.address import spellings
from webinar.calendars.formats.mail import InboundMail
from webinar.calendars.models import Arrival, ArrivalState, CalendarReply
from webinar.calendars.queries import answers as queries
from webinar.calendars.rules import reply as rules
from webinar.calendars.rules.reply import Proof, Reply, Standing, Word
from webinar.calendars.service.answers import judge
from webinar.calendars.service.series_replies import each_date
from webinar.db.store import insert_once, store
from webinar.registration.models import Seat
from webinar.registration.queries.series import holder_of
from webinar.sessions.models import Session

log = structlog.get_logger()
_MARK = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)
_TICKET = re.compile(rf"(?:{TokenKind.TICKET.value}|{TokenKind.SERIES.value})_[A-Za-z0-9_-]{{43}}")


@dataclass(frozen=True)
class Meant:
    """Whom and what a reply means, as far as we know it, and what speaks against taking it."""

    session: Session | None
    seat: Seat | None
    proofs: frozenset[Proof]
    doubt: str


def take(
    arrival_id: int, mail: InboundMail, replies: Sequence[Reply], proofs: Collection[Proof], now: datetime
) -> None:
    """Take the answers of one mail; each once, however often it comes. `now` is aware UTC."""
    arrival = store.get_one(Arrival, arrival_id, populate_existing=True)
    if arrival.state is not ArrivalState.NEW:
        return
    for reply in replies:
        for each in each_date(reply, now):
            _take(arrival, mail, each, frozenset(proofs), now)
    arrival.state = ArrivalState.READ
    store.flush()


def _take(arrival: Arrival, mail: InboundMail, reply: Reply, proofs: frozenset[Proof], now: datetime) -> None:
    meant = _meant(mail, reply, proofs)
    kept = _kept(arrival, mail, reply, meant, now)
    if kept is None:
        return
    if kept.method not in set(Word):
        kept.standing, kept.because = Standing.NOTED, f"nothing is done about {kept.method}"
        log.info("calendar method ignored", method=kept.method, reply=kept.id)
    elif not meant.doubt:
        judge(kept, now)
    store.flush()


def _meant(mail: InboundMail, reply: Reply, proofs: frozenset[Proof]) -> Meant:
    session = queries.session_of_uid(reply.uid) if reply.uid else None
    if session is None:
        return Meant(None, None, proofs, "no session of ours has this UID")
    _lock(session.id)
    if not reply.addresses:
        return Meant(session, None, proofs, "it does not name exactly one attendee")
    seat = queries.seat_of_addresses(session.id, spellings(reply.addresses))
    if seat is None:
        return Meant(session, None, proofs, "nobody registered with this address")
    shown = proofs | ({Proof.TOKEN} if _brings_secret(seat, mail, reply) else set())
    if reply.recurs_at not in {None, session.starts_at, session.moved_from_at}:
        return Meant(session, seat, shown, "it answers another date")
    if not rules.is_by_attendee(reply, mail.author, shown):
        return Meant(session, seat, shown, "nothing shows that it is by this person")
    return Meant(session, seat, shown, "")


def _lock(session_id: int) -> None:
    """As registration does: the weaker lock of the one session, before any of its seats is looked at."""
    store.scalar(select(Session.id).where(Session.id == session_id).with_for_update(key_share=True))


def _brings_secret(seat: Seat, mail: InboundMail, reply: Reply) -> bool:
    """Whether something came back that only who has the invitation knows.

    The mark in our address, which some servers and programs cut off; or the link of the ticket, which most
    programs send back in the description. Whoever has that link may give the seat back on its page anyway.
    The invitation to a whole series holds those of the series seat.
    """
    echoed = " ".join((*mail.recipients, *reply.echoes))
    marks, tickets = _MARK.findall(echoed), _TICKET.findall(echoed)
    holder = holder_of(seat)
    secrets = [(queries.reply_mark(seat), token_of(TokenKind.TICKET, seat.nonce))]
    if holder is not None:
        secrets.append((queries.reply_mark(holder), token_of(TokenKind.SERIES, holder.nonce)))
    return any(_any_equals(marks, mark) or _any_equals(tickets, ticket) for mark, ticket in secrets)


def _any_equals(found: Sequence[str], secret: str) -> bool:
    return any(
        hmac.compare_digest(each.encode(), secret.encode()) for each in [*found[:50], *_lowered(found)]
    )


def _lowered(found: Sequence[str]) -> list[str]:
    # Mail programs may turn the local part of an address into capitals, never a link.
    return [each.lower() for each in found[:50] if len(each) == 32]


def _kept(
    arrival: Arrival, mail: InboundMail, reply: Reply, meant: Meant, now: datetime
) -> CalendarReply | None:
    """The reply as stored, held until it is judged; None where it came before."""
    identity = rules.identity(mail.message_id, reply)
    stamp_at = reply.stamp_at or mail.sent_at or now
    values = {
        "arrival_id": arrival.id,
        "identity": identity,
        "session_id": meant.session.id if meant.session else None,
        "seat_id": meant.seat.id if meant.seat else None,
        "method": reply.method,
        "uid": reply.uid,
        "recurs_at": reply.recurs_at,
        "sequence": _sequence(reply, meant),
        "stamp_at": stamp_at,
        "mailed_at": mail.sent_at or stamp_at,
        "author": mail.author,
        "attendee": reply.addresses[0] if reply.addresses else "",
        "says": reply.says,
        "comment": reply.comment,
        "delegated_to": reply.delegated_to,
        "asks_for_at": reply.starts_at if reply.method == Word.COUNTER else None,
        "proof": rules.strongest(meant.proofs),
        "standing": Standing.HELD,
        "because": meant.doubt,
        "received_at": now,
    }
    if not insert_once(CalendarReply, values, ["identity"]):
        return None
    return store.scalars(select(CalendarReply).where(CalendarReply.identity == identity)).one()


def _sequence(reply: Reply, meant: Meant) -> int:
    if meant.seat is None:
        return reply.sequence or 0
    return rules.answered_sequence(reply, queries.asked_of(meant.seat))
