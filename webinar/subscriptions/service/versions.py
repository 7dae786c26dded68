"""Versions: each edit raises those of the scopes that may show it, and logs what changed, as it commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, aliased

from webinar.accounts.facts import PersonSaved
from webinar.accounts.models import Person
from webinar.db.store import store, upsert_selected
from webinar.outbox.facts import Fact
from webinar.registration.facts import SeatChanged
from webinar.registration.models import Seat, SeatState
from webinar.sessions.facts import SeriesSaved, SessionSaved
from webinar.sessions.models import Series, Session
from webinar.societies.facts import MemberChanged, SocietySaved
from webinar.societies.models import Member, Role, Society
from webinar.subscriptions.models import FeedChange, FeedScope, ScopeKind

Entries = Select[*tuple[Any, ...]]

HEARD = (SessionSaved, SeriesSaved, SeatChanged, SocietySaved, MemberChanged, PersonSaved)
"""The facts that may show in a feed. A room's new link does not: feeds hold the join link, which stays."""


@dataclass(frozen=True)
class Touched:
    """What a transaction has changed, by ids in order."""

    sessions: Sequence[int]
    series: Sequence[int]
    seats: Sequence[int]
    societies: Sequence[int]
    people: Sequence[int]
    members: Sequence[tuple[int, int]]


def raise_versions(facts: Sequence[Fact]) -> None:
    """Raise the version of every scope whose sessions the facts of one transaction have touched.

    A few statements over whole sets, always in the same order of kinds and of owners, as the last thing
    before the commit: two edits cannot wait for each other crosswise.
    """
    touched = _touched(facts)
    if touched.sessions or touched.societies or touched.series:
        _raise(ScopeKind.SOCIETY, Society.id, _societies(touched))
        _raise(ScopeKind.SERIES, Series.id, _series(touched))
    if touched.sessions or touched.societies or touched.members:
        _raise(ScopeKind.ORGANISER, Person.id, _organisers(touched))
    if touched.sessions or touched.seats or touched.people:
        _raise(ScopeKind.PERSON, Person.id, _holders(touched))
    _log(touched)


def _touched(facts: Sequence[Fact]) -> Touched:
    def ids(kind: type[Fact], name: str) -> list[int]:
        return sorted({getattr(fact, name) for fact in facts if isinstance(fact, kind)})

    pairs = {(fact.person_id, fact.society_id) for fact in facts if isinstance(fact, MemberChanged)}
    return Touched(
        ids(SessionSaved, "session_id"),
        ids(SeriesSaved, "series_id"),
        ids(SeatChanged, "seat_id"),
        ids(SocietySaved, "society_id"),
        ids(PersonSaved, "person_id"),
        sorted(pairs),
    )


def _raise(kind: ScopeKind, owner: InstrumentedAttribute[int], wanted: ColumnElement[bool]) -> None:
    rows = select(_kind(kind).label("kind"), owner.label("owner_id"), literal(1).label("version"))
    rows = rows.where(wanted).order_by(owner)
    upsert_selected(FeedScope, rows, ["kind", "owner_id"], lambda _new: {"version": FeedScope.version + 1})


def _societies(touched: Touched) -> ColumnElement[bool]:
    held = select(Session.society_id).where(_public(touched))
    return or_(Society.id.in_(held), Society.id.in_(touched.societies))


def _series(touched: Touched) -> ColumnElement[bool]:
    # A second live hour belongs to its lead's series.
    lead = aliased(Session)
    series_id = func.coalesce(lead.series_id, Session.series_id)
    held = select(series_id).select_from(Session).outerjoin(lead, lead.id == Session.twin_of_id)
    held = held.where(_public(touched), series_id.is_not(None))
    left = (
        select(FeedScope.owner_id)
        .join(FeedChange, FeedChange.scope_id == FeedScope.id)
        .where(FeedScope.kind == ScopeKind.SERIES, FeedChange.session_id.in_(touched.sessions))
    )
    of_society = Series.society_id.in_(touched.societies)
    own = or_(Series.id.in_(held), Series.id.in_(left), Series.id.in_(touched.series), of_society)
    return Series.id.in_(_back_to_the_first(own))


def _back_to_the_first(wanted: ColumnElement[bool]) -> Select[int]:
    """Some series and those that they were split from, whose feeds hold their sessions too."""
    line = select(Series.id, Series.split_from_id).where(wanted).cte("line", recursive=True)
    before = aliased(Series)
    line = line.union(select(before.id, before.split_from_id).join(line, before.id == line.c.split_from_id))
    return select(line.c.id)


def _organisers(touched: Touched) -> ColumnElement[bool]:
    societies = select(Session.society_id).where(Session.id.in_(touched.sessions))
    held = or_(Member.society_id.in_(societies), Member.society_id.in_(touched.societies))
    team = select(Member.person_id).where(Member.role.in_([Role.ADMIN, Role.ORGANISER]), held)
    return or_(Person.id.in_(team), Person.id.in_(person for person, _society in touched.members))


def _holders(touched: Touched) -> ColumnElement[bool]:
    return or_(Person.id.in_(select(Seat.person_id).where(_seats(touched))), Person.id.in_(touched.people))


def _seats(touched: Touched) -> ColumnElement[bool]:
    held = and_(Seat.session_id.in_(touched.sessions), Seat.state == SeatState.CONFIRMED)
    return or_(held, Seat.id.in_(touched.seats)) if touched.sessions else Seat.id.in_(touched.seats)


def _public(touched: Touched) -> ColumnElement[bool]:
    """Sessions that public feeds may show: drafts change nothing there."""
    return and_(Session.id.in_(touched.sessions), Session.published_at.is_not(None))


def _log(touched: Touched) -> None:
    """Note under which version each session changed, by scope: those raised a moment ago, and locked."""
    if touched.sessions or touched.societies:
        moved = FeedScope.id == FeedChange.scope_id
        present = select(FeedScope.version).where(moved).scalar_subquery()
        series = select(FeedScope.id).where(FeedScope.kind == ScopeKind.SERIES)
        left = and_(FeedChange.session_id.in_(touched.sessions), FeedChange.scope_id.in_(series))
        store.execute(
            update(FeedChange)
            .where(left)
            .values(version=present)
            .execution_options(synchronize_session=False)
        )
        shown = and_(
            or_(Session.id.in_(touched.sessions), Session.society_id.in_(touched.societies)),
            Session.published_at.is_not(None),
        )
        _note(_entries(ScopeKind.SOCIETY, Session.society_id).where(shown))
        _note(_entries(ScopeKind.SERIES, Session.series_id).where(shown))
        lead = aliased(Session)
        twins = _entries(ScopeKind.SERIES, lead.series_id, (lead, lead.id == Session.twin_of_id))
        _note(twins.where(shown))
    if touched.sessions or touched.societies or touched.members:
        _note(_organised(touched))
    if touched.sessions or touched.seats or touched.people:
        seats = or_(_seats(touched), Seat.person_id.in_(touched.people))
        _note(_entries(ScopeKind.PERSON, Seat.person_id, (Seat, Seat.session_id == Session.id)).where(seats))


def _organised(touched: Touched) -> Entries:
    people = [person for person, _society in touched.members]
    societies = [society for _person, society in touched.members]
    members = select(Member.person_id).where(Member.society_id == Session.society_id)
    saved = or_(Session.id.in_(touched.sessions), Session.society_id.in_(touched.societies))
    joined = and_(FeedScope.owner_id.in_(people), Session.society_id.in_(societies))
    found = select(FeedScope.id.label("scope_id"), Session.id.label("session_id"), FeedScope.version)
    found = found.select_from(Session).join(FeedScope, FeedScope.kind == ScopeKind.ORGANISER)
    return found.where(or_(and_(saved, FeedScope.owner_id.in_(members)), joined))


def _entries(
    kind: ScopeKind, owner: InstrumentedAttribute[Any], through: tuple[Any, ColumnElement[bool]] | None = None
) -> Entries:
    """The entries of sessions in scopes of their `owner`, a column of the session or of what is joined."""
    found = select(FeedScope.id.label("scope_id"), Session.id.label("session_id"), FeedScope.version)
    found = found.select_from(Session)
    if through:
        found = found.join(*through)
    return found.join(FeedScope, and_(FeedScope.kind == kind, FeedScope.owner_id == owner))


def _note(entries: Entries) -> None:
    keys = ["scope_id", "session_id"]
    upsert_selected(FeedChange, entries, keys, lambda new: {"version": new.version})


def _kind(kind: ScopeKind) -> ColumnElement[Any]:
    return literal(kind, FeedScope.kind.type)
