"""The sessions that a scope holds: their kept fragments in order, and the rows to write missing ones from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from webinar.accounts.models import Person
from webinar.db.store import store
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Series, Session, State
from webinar.societies.models import Member, Role, Society
from webinar.subscriptions.models import FeedFragment, ScopeKind
from webinar.subscriptions.rules.window import Window

ANYBODY, ORGANISER = 0, -1
"""Readers of fragments that are no seat's."""

AT_ONCE = 500
LEAD = aliased(Session)
Statement = Select[*tuple[Any, ...]]


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
    body: bytes | None
    zone_name: str | None
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True)
class _Reading:
    """How the sessions of one kind of scope are found: who reads, and what marks their words depend on."""

    found: Statement
    reader: SQLColumnExpression[int]
    seat_version: SQLColumnExpression[int]
    mark: SQLColumnExpression[str]


def kept(owner: Owner, span: Window, locale: str, writer: str) -> list[Kept]:
    """The sessions of a scope by start and UID, each with the fragment that is good for it."""
    values = _values(owner, span) | {"locale": locale, "writer": writer}
    # Straight from the connection: thousands of rows of which nothing is an object.
    found = list(map(Kept._make, store.connection().execute(_kept(owner.kind), values)))
    found.reverse()
    return found


def listed(owner: Owner, span: Window) -> list[int]:
    """The ids of a scope's sessions, by start and UID."""
    found = store.connection().execute(_listed(owner.kind), _values(owner, span)).scalars().all()
    return list(reversed(found))


def rows(owner: Owner, span: Window, ids: Sequence[int]) -> Iterator[Row[*tuple[Any, ...]]]:
    """The whole rows of some of a scope's sessions, as `webinar.subscriptions.pages.events` reads them.

    A few hundred at a time, in the order of `ids`.
    """
    for some in (ids[begin : begin + AT_ONCE] for begin in range(0, len(ids), AT_ONCE)):
        found = store.connection().execute(_whole(owner.kind), _values(owner, span) | {"ids": list(some)})
        by_id = {row.id: row for row in found}
        yield from (by_id[each] for each in some if each in by_id)


def _values(owner: Owner, span: Window) -> dict[str, Any]:
    return {
        "owner": owner.id,
        "first_at": span.first_at,
        "last_at": span.last_at,
        "cancelled_at": span.cancelled_at,
        "most": span.most_events,
    }


@cache
def _kept(kind: ScopeKind) -> Statement:
    reading = _reading(kind)
    good = and_(
        FeedFragment.session_id == Session.id,
        FeedFragment.reader == reading.reader,
        FeedFragment.locale == bindparam("locale"),
        FeedFragment.changed_at == Session.changed_at,
        FeedFragment.seat_version == reading.seat_version,
        FeedFragment.mark == reading.mark,
        FeedFragment.writer == bindparam("writer"),
    )
    zone = (FeedFragment.zone_name, FeedFragment.first_year, FeedFragment.last_year)
    columns = (Session.id, FeedFragment.body, *zone)
    return _latest(reading.found.with_only_columns(*columns).outerjoin(FeedFragment, good))


@cache
def _listed(kind: ScopeKind) -> Statement:
    return _latest(_reading(kind).found.with_only_columns(Session.id))


@cache
def _whole(kind: ScopeKind) -> Statement:
    reading = _reading(kind)
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
        Session.hour,
        func.coalesce(LEAD.slug, Session.slug).label("lead_slug"),
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
    if kind is ScopeKind.PERSON:
        columns += [
            Seat.changed_at.label("seat_changed_at"),
            Seat.nonce.label("nonce"),
            Seat.locale.label("seat_locale"),
            Seat.zone_name.label("seat_zone"),
            Person.zone_name.label("person_zone"),
        ]
    return reading.found.with_only_columns(*columns).where(Session.id.in_(bindparam("ids", expanding=True)))


def _latest(found: Statement) -> Statement:
    return found.order_by(Session.starts_at.desc(), Session.uid.desc()).limit(bindparam("most"))


def _reading(kind: ScopeKind) -> _Reading:
    found: Statement = select(Session.id).join(Society, Society.id == Session.society_id)
    found = found.outerjoin(LEAD, LEAD.id == Session.twin_of_id)
    nobody, name = literal(0), Society.name
    owner: BindParameter[int] = bindparam("owner")
    if kind is ScopeKind.PERSON:
        found = found.join(Seat, Seat.session_id == Session.id).join(Person, Person.id == Seat.person_id)
        found = found.where(Seat.person_id == owner, Seat.state == SeatState.CONFIRMED, _public())
        return _Reading(found, Seat.id, Seat.version, func.coalesce(Person.zone_name, ""))
    if kind is ScopeKind.ORGANISER:
        found = found.join(Member, Member.society_id == Session.society_id)
        team = Member.role.in_([Role.ADMIN, Role.ORGANISER])
        drafted = and_(_starts_within(), Session.state == State.DRAFT)
        found = found.where(Member.person_id == owner, team, or_(drafted, _public()))
        return _Reading(found, literal(ORGANISER), nobody, name)
    # A second live hour belongs to no series itself.
    in_series = func.coalesce(LEAD.series_id, Session.series_id)
    here = Session.society_id == owner if kind is ScopeKind.SOCIETY else in_series.in_(_going_on(owner))
    return _Reading(found.where(here, _public()), literal(ANYBODY), nobody, name)


def _going_on(series_id: BindParameter[int]) -> Select[int]:
    """A series and all that were split from it: whoever subscribed before a split keeps the later dates."""
    line = select(Series.id).where(Series.id == series_id).cte("line", recursive=True)
    line = line.union_all(select(Series.id).join(line, Series.split_from_id == line.c.id))
    return select(line.c.id)


def _public() -> ColumnElement[bool]:
    lately = Session.cancelled_at >= bindparam("cancelled_at")
    shown = or_(Session.state == State.PUBLISHED, lately)
    return and_(_starts_within(), Session.published_at.is_not(None), shown)


def _starts_within() -> ColumnElement[bool]:
    begins = Session.starts_at >= bindparam("first_at")
    return and_(begins, Session.starts_at < bindparam("last_at"))
