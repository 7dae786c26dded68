"""Mails that are due, and what became of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from webinar.accounts.models import SignInLink
from webinar.accounts.rules import TokenKind
from webinar.accounts.service import minted
from webinar.config import settings
from webinar.db.store import store, transaction
from webinar.mail.message import message_id
from webinar.outbox import service as outbox
from webinar.outbox.models import Attempt, AttemptState, Letter, LetterState
from webinar.timekeeping import clock

OPEN = (LetterState.PENDING, LetterState.SENDING)
DAY = timedelta(days=1)


def post(count: int, *, over: timedelta = timedelta(), first: int = 0) -> None:
    """Owe `count` mails to as many people, due now or evenly `over` the time to come."""
    with transaction():
        for number in range(count):
            link = _link(first + number)
            key = f"mail:sign_in:{link.id}"
            due_at = clock.now() + over * number / count
            outbox.post("mail.sign_in", key, {"link_id": link.id}, due_at)


def _link(number: int) -> SignInLink:
    nonce, token_hash = minted(TokenKind.SIGN_IN)
    link = SignInLink(
        email=f"reader{number}@chaos.example",
        nonce=nonce,
        token_hash=token_hash,
        next_path="/",
        locale="en",
        created_at=clock.now(),
        expires_at=clock.now() + DAY,
        reusable=False,
    )
    store.add(link)
    store.flush()
    return link


def still_open() -> int:
    """How many mails are neither sent nor ended otherwise."""
    with transaction():
        return store.scalar(select(func.count()).where(_mails(), Letter.state.in_(OPEN))) or 0


def _mails():
    return Letter.kind.startswith("mail.")


@dataclass(frozen=True)
class Ledger:
    """What the database says about each mail, beside what the receiver took, by Message-ID."""

    owed: frozenset[str]
    sent: frozenset[str]
    ambiguous: Counter[str]
    copies: Counter[str]

    @property
    def lost(self) -> int:
        """Owed, and never taken."""
        return len([name for name in self.owed if not self.copies[name]])

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
    names = {number: message_id(key, domain) for number, key, _ in mails}
    return Ledger(
        owed=frozenset(names.values()),
        sent=frozenset(names[number] for number, _, state in mails if state == LetterState.SENT),
        ambiguous=Counter(names[number] for number in doubts if number in names),
        copies=copies,
    )
