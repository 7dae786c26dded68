"""Reminders that fall due, and what became of their mails."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select

from tests.factories.sessions import session
from tests.factories.societies import ens_with_olga
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, fingerprint, fresh_nonce
from webinar.accounts.service import minted, token_of
from webinar.config import settings
from webinar.db.store import store, transaction
from webinar.mail.message import message_id
from webinar.outbox.models import Attempt, AttemptState, Letter, LetterState
from webinar.registration.models import Seat, SeatState
from webinar.reminders.models import Reminder
from webinar.sessions.models import Session
from webinar.societies.models import Society
from webinar.timekeeping import clock

OPEN = (LetterState.PENDING, LetterState.SENDING)
DAY = timedelta(days=1)
ROUNDS = 50
"""Sessions over which reminders that fall due bit by bit are spread."""


def owe(count: int, *, over: timedelta = timedelta()) -> None:
    """Let so many people's reminders of the day before fall due now, or evenly `over` the time to come."""
    rounds = min(ROUNDS, count) if over else 1
    society = _ens()
    for number in range(rounds):
        share = count * (number + 1) // rounds - count * number // rounds
        _fill(_starting(society, clock.now() + DAY + over * number / rounds), share)


def _ens() -> Society:
    return store.scalar(select(Society)) or ens_with_olga()[0]


def _starting(society: Society, starts_at: datetime) -> Session:
    local = starts_at.replace(tzinfo=None)
    due = session(society, title=f"At {local}", starts_local=local, zone_name="UTC", capacity=None)
    with transaction():
        due.starts_at = starts_at  # forms know whole minutes; reminders here fall due second by second
    return due


def _fill(due: Session, count: int) -> None:
    """Give so many new people a seat, since two days ago."""
    since = clock.now() - 2 * DAY
    with transaction():
        first = (store.scalar(select(func.max(Person.id))) or 0) + 1
        people = range(first, first + count)
        store.execute(insert(Person), [_person(number, since) for number in people])
        store.execute(insert(Seat), [_seat(due.id, number, since) for number in people])


def _person(number: int, since: datetime) -> dict[str, Any]:
    name, nonce = f"Reader {number}", fresh_nonce()
    return {
        "id": number,
        "email": f"reader{number}@chaos.example",
        "name": name,
        "nonce": nonce,
        "created_at": since,
    }


def _seat(session_id: int, number: int, since: datetime) -> dict[str, Any]:
    nonce, ticket_hash = minted(TokenKind.TICKET)
    return {
        "session_id": session_id,
        "person_id": number,
        "name": f"Reader {number}",
        "country": "NP",
        "zone_name": "Asia/Kathmandu",
        "locale": "en",
        "state": SeatState.CONFIRMED,
        "nonce": nonce,
        "ticket_hash": ticket_hash,
        "join_hash": fingerprint(token_of(TokenKind.JOIN, nonce)),
        "created_at": since,
        "changed_at": since,
    }


def still_open() -> int:
    """How many letters are neither delivered nor ended otherwise, and seats nobody asked about yet."""
    with transaction():
        letters = store.scalar(select(func.count()).where(Letter.state.in_(OPEN))) or 0
        return letters + (store.scalar(select(func.count(Seat.id)).where(~_reminded())) or 0)


def _reminded() -> ColumnElement[bool]:
    return select(Reminder.id).where(Reminder.seat_id == Seat.id).exists()


def _mails() -> ColumnElement[bool]:
    return Letter.kind.startswith("mail.")


@dataclass(frozen=True)
class Ledger:
    """What the database says about each mail, beside what the receiver took, by Message-ID."""

    unasked: int
    owed: frozenset[str]
    sent: frozenset[str]
    ambiguous: Counter[str]
    copies: Counter[str]

    @property
    def lost(self) -> int:
        """Reminders that nobody wrote, and mails owed that nobody took."""
        return self.unasked + len([name for name in self.owed if not self.copies[name]])

    @property
    def undelivered(self) -> int:
        """Called sent, and never taken."""
        return len([name for name in self.sent if not self.copies[name]])

    @property
    def doubled(self) -> int:
        """Copies beyond the first."""
        return sum(count - 1 for count in self.copies.values())

    @property
    def unrecorded(self) -> int:
        """Copies beyond the first for which no ambiguous attempt is on record."""
        return sum(max(0, count - 1 - self.ambiguous[name]) for name, count in self.copies.items())

    @property
    def strange(self) -> int:
        """Taken, and never owed."""
        return len([name for name in self.copies if name not in self.owed])

    @property
    def flagged(self) -> int:
        """Ambiguous attempts."""
        return sum(self.ambiguous.values())


def ledger(copies: Counter[str]) -> Ledger:
    """The books of this installation against what the receiver took."""
    domain = settings().mail_domain
    with transaction():
        mails = store.execute(select(Letter.id, Letter.key, Letter.state).where(_mails())).all()
        doubts: Sequence[int] = store.scalars(
            select(Attempt.letter_id).where(Attempt.state == AttemptState.AMBIGUOUS)
        ).all()
        unasked = store.scalar(select(func.count(Seat.id)).where(~_reminded())) or 0
    names = {number: message_id(key, domain) for number, key, _ in mails}
    return Ledger(
        unasked=unasked,
        owed=frozenset(names.values()),
        sent=frozenset(names[number] for number, _, state in mails if state == LetterState.SENT),
        ambiguous=Counter(names[number] for number in doubts if number in names),
        copies=copies,
    )
