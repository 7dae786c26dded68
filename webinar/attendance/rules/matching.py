"""Matching: which seat a row of a report belongs to, by evidence alone and never by a likely name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from webinar.accounts.rules import TokenKind, fingerprint, is_kind, normal_email


class Fate(StrEnum):
    """What becomes of a row without anybody's decision."""

    MATCHED = "matched"
    REVIEW = "review"
    IGNORED = "ignored"


class Evidence(StrEnum):
    """What may bind a row to a seat by itself, strongest first."""

    TOKEN = "token"  # noqa: S105  a kind of evidence, not a secret
    REGISTRANT = "registrant"
    EMAIL = "email"


class Reason(StrEnum):
    """Why a row is not matched."""

    NAME_ONLY = "name_only"
    UNKNOWN_EMAIL = "unknown_email"
    UNKNOWN_ID = "unknown_id"
    NO_PLACE = "no_place"
    CONFLICT = "conflict"
    UNDONE = "undone"
    HOST = "host"
    SPEAKER = "speaker"
    NO_SHOW = "no_show"
    DECIDED = "decided"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """One identity of a report: `email` lower case, `role` host, presenter, attendee or None."""

    name: str | None = None
    email: str | None = None
    registrant_id: str | None = None
    role: str | None = None
    no_show: bool = False


@dataclass(frozen=True, kw_only=True)
class Book:
    """Whom a session knows; the mappings lead to seat ids.

    `by_token` goes by the fingerprints of join links, `by_registrant` by provider ids that an earlier
    match bound. `confirmed` are the seats with a place, `speakers` the speakers' addresses.
    """

    by_token: Mapping[str, int] = field(default_factory=dict)
    by_registrant: Mapping[str, int] = field(default_factory=dict)
    by_email: Mapping[str, int] = field(default_factory=dict)
    confirmed: frozenset[int] = frozenset()
    speakers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """What a row is: matched to `seat_id` by `evidence`, or set aside or to be reviewed for a `reason`."""

    fate: Fate
    seat_id: int | None = None
    evidence: Evidence | None = None
    reason: Reason | None = None


def verdict(identity: Identity, book: Book) -> Verdict:
    """The fate of one identity. Evidence that names two people is a question for a person (product 4.6)."""
    found = list(_evidence(identity, book))
    seats = {seat_id for _, seat_id in found}
    if len(seats) > 1:
        return Verdict(Fate.REVIEW, reason=Reason.CONFLICT)
    if not found:
        return _stranger(identity, book)
    evidence, seat_id = found[0]
    if seat_id in book.confirmed:
        return Verdict(Fate.MATCHED, seat_id, evidence)
    if identity.no_show:
        return Verdict(Fate.IGNORED, reason=Reason.NO_SHOW)
    return Verdict(Fate.REVIEW, reason=Reason.NO_PLACE)


def _evidence(identity: Identity, book: Book) -> Iterator[tuple[Evidence, int]]:
    token = identity.registrant_id or ""
    if is_kind(token, TokenKind.JOIN) and (seat_id := book.by_token.get(fingerprint(token))):
        yield Evidence.TOKEN, seat_id
    if seat_id := book.by_registrant.get(token):
        yield Evidence.REGISTRANT, seat_id
    if identity.email and (seat_id := book.by_email.get(normal_email(identity.email))):
        yield Evidence.EMAIL, seat_id


def _stranger(identity: Identity, book: Book) -> Verdict:
    if identity.no_show:
        return Verdict(Fate.IGNORED, reason=Reason.NO_SHOW)
    if identity.email and normal_email(identity.email) in book.speakers:
        return Verdict(Fate.IGNORED, reason=Reason.SPEAKER)
    if identity.role == "host":
        return Verdict(Fate.IGNORED, reason=Reason.HOST)
    if identity.email:
        return Verdict(Fate.REVIEW, reason=Reason.UNKNOWN_EMAIL)
    return Verdict(Fate.REVIEW, reason=Reason.UNKNOWN_ID if identity.registrant_id else Reason.NAME_ONLY)
