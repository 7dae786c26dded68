"""What an answer from somebody's calendar says, whether it is believed, and whether it is news (RFC 5546)."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_EVENTS_IN_A_MAIL = 50
COMMENT_LENGTH = 1000
_OWN_DOMAIN_LABELS = 2


class Word(StrEnum):
    """The methods that an attendee's calendar may send to an organizer (RFC 5546 3.2)."""

    REPLY = "REPLY"
    COUNTER = "COUNTER"
    REFRESH = "REFRESH"


class Says(StrEnum):
    """The answers of a REPLY (PARTSTAT of RFC 5545 3.2.12)."""

    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"
    DELEGATED = "DELEGATED"
    NEEDS_ACTION = "NEEDS-ACTION"


class Proof(StrEnum):
    """What shows that a mail is by whom it says; the strongest that was found."""

    SIGNED = "signed"  # an aligned DKIM signature that we verified
    RECEIVER = "receiver"  # our own mail server says so, in Authentication-Results
    TOKEN = "token"  # noqa: S105  a secret of the seat came back
    NONE = "none"


class Standing(StrEnum):
    """What became of an answer."""

    TAKEN = "taken"  # it is the person's answer, until a later one
    HELD = "held"  # a person has to look
    IGNORED = "ignored"  # a person looked, and it does not count
    OVERTAKEN = "overtaken"  # a later answer was here first
    OLD_TIME = "old_time"  # it answers a time that is no more; asked again
    NOTED = "noted"  # COUNTER, REFRESH, and what asks for nothing


class DeclineRule(StrEnum):
    """What the organisers want when somebody declines in their calendar."""

    FREE = "free"
    ASK = "ask"
    KEEP = "keep"


@dataclass(frozen=True)
class Reply:
    """One VEVENT of an answer. `addresses` are the attendee's own, `sent_by` who wrote for them; normalised.

    `recurs_at`, `starts_at` and `stamp_at` are aware UTC instants, None where the mail has none.
    `sequence` None: the client left it out. `echoes` is every text in which a secret may have come back.
    """

    method: str
    uid: str
    addresses: tuple[str, ...]
    sent_by: str = ""
    says: str = ""
    comment: str = ""
    delegated_to: str = ""
    sequence: int | None = None
    stamp_at: datetime | None = None
    recurs_at: datetime | None = None
    starts_at: datetime | None = None
    echoes: tuple[str, ...] = ()


def identity(message_id: str, reply: Reply) -> str:
    """What makes an answer the same one when it comes again: Message-ID, UID, RECURRENCE-ID, DTSTAMP, who."""
    parts = (message_id, reply.uid, reply.recurs_at, reply.stamp_at, reply.addresses, reply.method)
    return hashlib.sha256(repr(tuple(map(str, parts))).encode()).hexdigest()


def is_aligned(author_domain: str, proven_domain: str) -> bool:
    """Whether what a domain vouches for covers an author: the same domain, or the author's lies below it.

    Narrower than DMARC's relaxed mode (RFC 7489 3.1), which needs a list of public suffixes: a sibling or
    a subdomain never speaks for its parent here.
    """
    author, proven = (domain.lower().rstrip(".") for domain in (author_domain, proven_domain))
    if not author or proven.count(".") + 1 < _OWN_DOMAIN_LABELS:
        return False
    return author == proven or author.endswith(f".{proven}")


def is_by_attendee(reply: Reply, author: str, proofs: Collection[Proof]) -> bool:
    """Whether the mail's one author may answer for the attendee of the reply.

    It must be the attendee, by a domain's word or a secret of the seat. Who wrote on somebody's behalf
    (SENT-BY) needs both: the parameter is only a claim.
    """
    shown = set(proofs) - {Proof.NONE}
    if author in reply.addresses:
        return bool(shown)
    by_domain = shown & {Proof.SIGNED, Proof.RECEIVER}
    return bool(author) and author == reply.sent_by and bool(by_domain) and Proof.TOKEN in shown


def strongest(proofs: Collection[Proof]) -> Proof:
    """The best of what was found."""
    return next((proof for proof in Proof if proof in proofs), Proof.NONE)


Mark = tuple[int, datetime, datetime]
"""Where an answer stands among others: SEQUENCE, DTSTAMP, and when the mail was written (aware UTC)."""


def is_later(mark: Mark, last: Mark | None) -> bool:
    """Whether an answer is above the last one by SEQUENCE and DTSTAMP (RFC 5546 2.1.5).

    Some programs repeat the invitation's DTSTAMP in every answer; then the mail's own date decides.
    """
    return last is None or mark > last


@dataclass(frozen=True)
class Asked:
    """What the seat's present invitation asks about.

    `sequence` is its number; `since` the lowest that asks about this time; `seat_changed_at` (aware UTC)
    when the seat came to be as it is.
    """

    sequence: int
    since: int
    starts_at: datetime
    seat_changed_at: datetime


def answered_sequence(reply: Reply, asked: Asked) -> int:
    """The SEQUENCE that a reply answers; where a client left it out, its DTSTART tells.

    One above ours was never sent: it must not stand in the way of later answers.
    """
    if reply.sequence is not None:
        return min(reply.sequence, asked.sequence)
    return asked.sequence if reply.starts_at == asked.starts_at else 0


def answers_old_time(sequence: int, stamp_at: datetime, asked: Asked) -> bool:
    """Whether an answer is about a time, or a registration, that is no more."""
    if sequence < asked.since:
        return True
    return sequence < asked.sequence and stamp_at < asked.seat_changed_at
