"""Posting letters in the caller's transaction, and delivering them when they are due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import JSON, ColumnElement, Select, Text, event, func, literal, update
from sqlalchemy.orm import Session as DatabaseSession
from sqlalchemy.orm import SessionTransaction

from webinar.config import extension, settings
from webinar.db.store import insert_once, insert_selected, store, transaction
from webinar.outbox import queries
from webinar.outbox.facts import Fact
from webinar.outbox.models import Attempt, AttemptState, Letter, LetterState
from webinar.outbox.port import Ambiguous, Due, Errand, Opened, Opener, Undeliverable, Useless
from webinar.outbox.rules import is_given_up, pause_before_retry
from webinar.timekeeping import clock

log = structlog.get_logger()
FACT = "fact."
AT_ONCE = "webinar.at_once"
"""The app's extension that holds who answers at once: functions of a list of facts, with the facts' types."""
_TOLD = "facts told"


def post(kind: str, key: str, payload: Mapping[str, Any], due_at: datetime | None = None) -> bool:
    """Promise a letter; a second one with the same key changes nothing. Whether it is new."""
    now = clock.now()
    values = {
        "kind": kind,
        "key": key,
        "payload": dict(payload),
        "due_at": due_at or now,
        "created_at": now,
        "state": LetterState.PENDING,
        "fence": 0,
        "attempts": 0,
    }
    return insert_once(Letter, values, ["key"])


def post_each(kind: str, rows: Select[str, Any, datetime]) -> int:
    """Promise one letter per row of key, payload (see `payload_of`) and due instant; how many are new.

    One statement, however many rows; keys that stand already are left alone.
    """
    row = rows.subquery("row")
    key, payload, due_at = row.c
    values: dict[str, ColumnElement[Any]] = {
        "kind": literal(kind, Text),
        "key": key,
        "payload": payload,
        "due_at": due_at,
        "created_at": literal(clock.now(), Letter.created_at.type),
        "state": literal(LetterState.PENDING, Letter.state.type),
        "fence": literal(0),
        "attempts": literal(0),
    }
    return insert_selected(Letter, values, ["key"])


def payload_of(**columns: Any) -> ColumnElement[Any]:
    """A letter's payload made by the database of `columns`: ids and texts, no instants."""
    on_server = store.get_bind().dialect.name == "postgresql"
    make = func.json_build_object if on_server else func.json_object
    pairs = [part for name, column in columns.items() for part in (literal(name, Text), column)]
    return make(*pairs, type_=JSON)


def tell(fact: Fact) -> bool:
    """Tell a fact upward: `reactions` names who answers it."""
    note(fact)
    return post(FACT + type(fact).__name__, fact.key, fact.payload)


def note(fact: Fact) -> None:
    """Tell a fact to those alone who answer at once; no letter is posted, so it leaves no trace.

    They are called once, with all the facts of the transaction that they answer, just before it is
    committed: what they write is committed with it, and locks that they take are held for a moment.
    """
    store().info.setdefault(_TOLD, []).append(fact)


@event.listens_for(store, "before_commit")
def _answer_at_once(session: DatabaseSession) -> None:
    if session.in_nested_transaction() or not session.info.get(_TOLD):
        return
    told: list[Fact] = session.info.pop(_TOLD)
    session.flush()
    for answer, kinds in extension(AT_ONCE).items():
        if facts := [fact for fact in told if isinstance(fact, kinds)]:
            answer(facts)


@event.listens_for(store, "after_transaction_end")
def _forget_told(session: DatabaseSession, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(_TOLD, None)


@dataclass(frozen=True)
class Claim:
    """A letter held under one fence."""

    letter_id: int
    fence: int


def deliver_due(openers: Mapping[str, Opener], *, limit: int = 1) -> int:
    """Claim what is due and deliver it; returns how many letters were taken in hand.

    One process sends one letter at a time, so it claims no more than one: a letter that merely waits
    behind a slow one would outlive its lease, and look ambiguous after a crash though nothing was sent.
    """
    with transaction():
        claims = _claim(clock.now(), limit)
    for claim in claims:
        _deliver(claim, openers)
    return len(claims)


def _claim(now: datetime, limit: int) -> list[Claim]:
    lease = queries.lease_clock()
    letters = store.scalars(queries.claimable(now, lease, limit)).all()
    for letter in letters:
        if letter.state == LetterState.SENDING:
            _close_attempt(Claim(letter.id, letter.fence), AttemptState.AMBIGUOUS, "its worker went silent")
        letter.state = LetterState.SENDING
        letter.lease_epoch = lease.epoch
        letter.lease_until = lease.seconds + settings().lease_seconds
        letter.fence += 1
        letter.attempts += 1
        store.add(Attempt(letter_id=letter.id, fence=letter.fence, opened_at=now))
    store.flush()
    return [Claim(letter.id, letter.fence) for letter in letters]


def _deliver(claim: Claim, openers: Mapping[str, Opener]) -> None:
    """One letter: open it in a transaction, run its errand outside, record what came of it."""
    try:
        errand = _open(claim, openers)
        if errand is not None:
            errand.run()
            with transaction():
                _finish(claim, LetterState.SENT, AttemptState.OK)
    except Undeliverable as refusal:
        with transaction():
            _finish(claim, LetterState.DEAD, AttemptState.REFUSED, str(refusal))
    except Ambiguous as doubt:
        with transaction():
            _retry(claim, AttemptState.AMBIGUOUS, str(doubt))
    except Exception as error:
        log.warning("letter failed", letter=claim.letter_id, error=type(error).__name__)
        with transaction():
            _retry(claim, AttemptState.FAILED, f"{type(error).__name__}: {error}"[:500])


def _open(claim: Claim, openers: Mapping[str, Opener]) -> Errand | None:
    with transaction():
        letter = store.get_one(Letter, claim.letter_id, populate_existing=True)
        if letter.fence != claim.fence:
            _close_attempt(claim, AttemptState.LATE, "another worker had taken over")
            return None
        if letter.kind not in openers:
            raise Undeliverable(f"nobody knows letters of kind {letter.kind}")
        due = Due(letter.key, letter.payload, clock.now(), letter.attempts)
        return _settle(claim, openers[letter.kind](due))


def _settle(claim: Claim, opened: Opened) -> Errand | None:
    if opened is None:
        _finish(claim, LetterState.SENT, AttemptState.OK)
        return None
    if isinstance(opened, Useless):
        _finish(claim, LetterState.MISSED, AttemptState.MISSED, opened.because)
        return None
    return opened


def _finish(claim: Claim, state: LetterState, attempt: AttemptState, note: str | None = None) -> None:
    """End the letter only if the fence is still ours; else the try is on record as late."""
    now = clock.now()
    ours = store.execute(
        update(Letter)
        .where(Letter.id == claim.letter_id, Letter.fence == claim.fence)
        .values(state=state, done_at=now, lease_until=None, note=note)
    )
    won = bool(ours.rowcount)  # type: ignore[attr-defined]
    _close_attempt(claim, attempt if won else AttemptState.LATE, note)


def _retry(claim: Claim, attempt: AttemptState, note: str) -> None:
    letter = store.get_one(Letter, claim.letter_id, populate_existing=True)
    if letter.fence != claim.fence:
        return _close_attempt(claim, AttemptState.LATE, note)
    if is_given_up(letter.attempts):
        return _finish(claim, LetterState.DEAD, attempt, note)
    letter.state = LetterState.PENDING
    letter.lease_until = None
    letter.due_at = clock.now() + pause_before_retry(letter.attempts)
    letter.note = note
    return _close_attempt(claim, attempt, note)


def _close_attempt(claim: Claim, state: AttemptState, detail: str | None) -> None:
    store.execute(
        update(Attempt)
        .where(Attempt.letter_id == claim.letter_id, Attempt.fence == claim.fence)
        .values(state=state, closed_at=clock.now(), detail=detail)
    )


def try_again(letter: Letter) -> bool:
    """Put a parked letter back among those that are due, with all its tries; whether it was parked."""
    if letter.state != LetterState.DEAD:
        return False
    letter.state, letter.attempts = LetterState.PENDING, 0
    letter.due_at, letter.done_at = clock.now(), None
    store.flush()
    return True


def tidy(keep: timedelta = timedelta(days=90)) -> int:
    """Forget facts and reactions settled long ago; mails stay as the record of what was sent."""
    old = clock.now() - keep
    letters = store.scalars(queries.settled_before(old, ("fact.", "reaction."))).all()
    for letter in letters:
        store.delete(letter)
    return len(letters)
