"""The sessions that a scope holds: their kept fragments in order, and the rows to write missing ones from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, func, literal, or_, select

from webinar.accounts.models import Person
from webinar.db.store import store
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Session, State
from webinar.societies.models import Member, Role, Society
from webinar.subscriptions.models import FeedFragment, ScopeKind
from webinar.subscriptions.rules.window import Window

ANYBODY, ORGANISER = 0, -1
"""Readers of fragments that are no seat's."""

AT_ONCE = 500


@dataclass(frozen=True)
class Owner:
    """Whose sessions a feed shows."""

    kind: ScopeKind
    id: int

    @property
    def is_secret(self) -> bool:
        """Whether only one person may read it."""
        return self.kind in {ScopeKind.PERSON, ScopeKind.ORGANISER}


class Kept(NamedTuple):
    """One session in order, with its fragment if a good one is kept (None: to be written)."""

    session_id: int
    reader: int
    body: bytes | None
    zone_name: str | None
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True)
class _Reading:
    """How the sessions of one kind of scope are found: who reads, and what marks their words depend on."""

    found: Select[*tuple[Any, ...]]
    reader: SQLColumnExpression[int]
    seat_version: SQLColumnExpression[int]
    mark: SQLColumnExpression[str]


def kept(owner: Owner, span: Window, locale: str, writer: str) -> list[Kept]:
    """The sessions of a scope by start and UID, each with the fragment that is good for it."""
    reading = _reading(owner, span)
    good = and_(
        FeedFragment.session_id == Session.id,
        FeedFragment.reader == reading.reader,
        FeedFragment.locale == locale,
        FeedFragment.changed_at == Session.changed_at,
        FeedFragment.seat_version == reading.seat_version,
        FeedFragment.mark == reading.mark,
        FeedFragment.writer == writer,
    )
    columns = (
        Session.id,
        reading.reader,
        FeedFragment.body,
        FeedFragment.zone_name,
        FeedFragment.first_year,
        FeedFragment.last_year,
    )
    rows = store.execute(
        _latest(reading.found.with_only_columns(*columns).outerjoin(FeedFragment, good), span)
    )
    found = [Kept._make(row) for row in rows]
    found.reverse()
    return found


def listed(owner: Owner, span: Window) -> list[int]:
    """The ids of a scope's sessions, by start and UID."""
    found = store.scalars(_latest(_reading(owner, span).found.with_only_columns(Session.id), span)).all()
    return list(reversed(found))


def rows(owner: Owner, span: Window, ids: Sequence[int]) -> Iterator[Row[*tuple[Any, ...]]]:
    """The whole rows of some of a scope's sessions, as `webinar.subscriptions.pages.events` reads them.

    A few hundred at a time, in the order of `ids`.
    """
    reading = _reading(owner, span)
    seat = owner.kind is ScopeKind.PERSON
    columns: list[Any] = [
        Session.id,
        Session.slug,
        Session.uid,
        Session.revision,
        Session.created_at,
        Session.changed_at,
        Session.published_at,
        Session.starts_at,
        Session.ends_at,
        Session.zone_name,
        Session.title,
        Session.topic,
        Session.state,
        Session.cancelled_because,
        Session.locale,
        Society.slug.label("society_slug"),
        Society.name.label("society"),
        reading.reader.label("reader"),
        reading.seat_version.label("seat_version"),
        reading.mark.label("mark"),
    ]
    if seat:
        columns += [
            Seat.changed_at.label("seat_changed_at"),
            Seat.nonce.label("nonce"),
            Seat.locale.label("seat_locale"),
            Seat.zone_name.label("seat_zone"),
            Person.zone_name.label("person_zone"),
        ]
    for some in (ids[begin : begin + AT_ONCE] for begin in range(0, len(ids), AT_ONCE)):
        found = store.execute(reading.found.with_only_columns(*columns).where(Session.id.in_(some)))
        by_id = {row.id: row for row in found}
        yield from (by_id[each] for each in some if each in by_id)


def _latest(found: Select[*tuple[Any, ...]], span: Window) -> Select[*tuple[Any, ...]]:
    return found.order_by(Session.starts_at.desc(), Session.uid.desc()).limit(span.most_events)


def _reading(owner: Owner, span: Window) -> _Reading:
    found = select(Session.id).join(Society, Society.id == Session.society_id)
    nobody, name = literal(0), Society.name
    if owner.kind is ScopeKind.PERSON:
        found = found.join(Seat, Seat.session_id == Session.id).join(Person, Person.id == Seat.person_id)
        found = found.where(Seat.person_id == owner.id, Seat.state == SeatState.CONFIRMED, _public(span))
        return _Reading(found, Seat.id, Seat.version, func.coalesce(Person.zone_name, ""))
    if owner.kind is ScopeKind.ORGANISER:
        found = found.join(Member, Member.society_id == Session.society_id)
        team = Member.role.in_([Role.ADMIN, Role.ORGANISER])
        found = found.where(Member.person_id == owner.id, team, or_(_drafted(span), _public(span)))
        return _Reading(found, literal(ORGANISER), nobody, name)
    column = Session.society_id if owner.kind is ScopeKind.SOCIETY else Session.series_id
    return _Reading(found.where(column == owner.id, _public(span)), literal(ANYBODY), nobody, name)


def _public(span: Window) -> ColumnElement[bool]:
    return and_(
        _starts_in(span),
        Session.published_at.is_not(None),
        or_(Session.state == State.PUBLISHED, Session.cancelled_at >= span.cancelled_at),
    )


def _drafted(span: Window) -> ColumnElement[bool]:
    return and_(_starts_in(span), Session.state == State.DRAFT)


def _starts_in(span: Window) -> ColumnElement[bool]:
    return and_(Session.starts_at >= span.first_at, Session.starts_at < span.last_at)
