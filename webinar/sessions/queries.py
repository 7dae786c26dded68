"""Finding series, sessions and speakers; strangers see only what was published (S16)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select

from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, fingerprint, is_kind
from webinar.audit.models import Entry
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.sessions.models import Series, Session, Speaker, State
from webinar.sessions.rules.hours import SECOND
from webinar.societies.models import Member, Role, Society
from webinar.societies.queries import holds
from webinar.timekeeping.zones import release


def by_slug(slug: str) -> Session:
    """The session of a public address, cancelled ones too; drafts look absent. Raises Missing."""
    session = store.scalar(select(Session).where(Session.slug == slug, Session.published_at.is_not(None)))
    if session is None:
        raise Missing
    return session


def visible_to(person: Person | None, slug: str) -> Session:
    """The session as `by_slug`; to organisers of its society also the draft. Raises Missing."""
    session = store.scalar(select(Session).where(Session.slug == slug))
    if session is None or not (session.published_at or _may_organise(person, session)):
        raise Missing
    return session


def of_society(society: Society, session_slug: str) -> Session:
    """The session of a society's desk: the one door for organisers. Raises Missing."""
    session = store.scalar(
        select(Session).where(Session.slug == session_slug, Session.society_id == society.id)
    )
    if session is None:
        raise Missing
    return session


def session_of_id(session_id: int) -> Session:
    """The session of an id that a fact carries. Raises Missing."""
    session = store.get(Session, session_id)
    if session is None:
        raise Missing
    return session


def hours_of(session: Session) -> tuple[Session, ...]:
    """The live hours of the session that this row is an hour of, in order; mostly just the one."""
    lead = session.lead
    if lead.hour is None:
        return (lead,)
    second = store.scalar(select(Session).where(Session.twin_of_id == lead.id, Session.hour == SECOND))
    return (lead, second) if second else (lead,)


def other_hour(session: Session) -> Session | None:
    """The other live hour of the same session, for one that was taken off the one left; None without one."""
    return next((hour for hour in hours_of(session) if hour.id != session.id), None)


def coming(society_id: int | None, now: datetime) -> Sequence[Session]:
    """Published sessions that have not ended at `now`, the next first; None: of all societies."""
    return store.scalars(
        _public(society_id).where(Session.ends_at > now).order_by(Session.starts_at, Session.id)
    ).all()


def past(society_id: int | None, now: datetime, *, most: int = 100) -> Sequence[Session]:
    """Published sessions that ended before `now` and were not cancelled, the latest first."""
    held = _public(society_id).where(Session.ends_at <= now, Session.state == State.PUBLISHED)
    return store.scalars(held.order_by(Session.starts_at.desc(), Session.id).limit(most)).all()


def drafts(society_id: int) -> Sequence[Session]:
    """A society's drafts, the next first; for its desk only."""
    return store.scalars(
        select(Session)
        .where(Session.society_id == society_id, Session.state == State.DRAFT, Session.twin_of_id.is_(None))
        .order_by(Session.starts_at, Session.id)
    ).all()


def overlapping(society_id: int, starts_at: datetime, ends_at: datetime) -> Sequence[Session]:
    """A society's sessions, drafts too, that take place at the same time; not the cancelled ones."""
    return store.scalars(
        select(Session)
        .where(
            Session.society_id == society_id,
            Session.state != State.CANCELLED,
            Session.starts_at < ends_at,
            Session.ends_at > starts_at,
        )
        .order_by(Session.starts_at)
    ).all()


def latest_planned(society_id: int) -> Session | None:
    """The session that a society planned last: what a new one probably resembles."""
    return store.scalar(
        select(Session)
        .where(Session.society_id == society_id, Session.twin_of_id.is_(None))
        .order_by(Session.id.desc())
        .limit(1)
    )


def series_by_slug(society_id: int, slug: str) -> Series:
    """A series of a society. Raises Missing."""
    series = store.scalar(select(Series).where(Series.society_id == society_id, Series.slug == slug))
    if series is None:
        raise Missing
    return series


def series_of_id(series_id: int) -> Series | None:
    """The series of an id; None where there is none."""
    return store.get(Series, series_id)


def in_series(series: Series, session_slug: str) -> Session:
    """The session of a series that has this name. Raises Missing."""
    session = store.scalar(
        select(Session).where(Session.slug == session_slug, Session.series_id == series.id)
    )
    if session is None:
        raise Missing
    return session


def of_series(series_id: int) -> Sequence[Session]:
    """All sessions of a series in its own order, drafts too; callers of public pages filter."""
    return store.scalars(
        select(Session).where(Session.series_id == series_id).order_by(Session.series_number)
    ).all()


def series_starts(series_id: int) -> Sequence[tuple[datetime, str]]:
    """When the sessions of a series start (aware UTC) and in which zone, by time; not the cancelled ones."""
    rows = store.execute(
        select(Session.starts_at, Session.zone_name)
        .where(Session.series_id == series_id, Session.state != State.CANCELLED)
        .order_by(Session.starts_at, Session.id)
    )
    return [(starts_at, zone_name) for starts_at, zone_name in rows]


def series_length(series_id: int) -> int:
    """How many sessions a series has: the m of "n of m"; drafts that were given up do not count."""
    return sum(not is_given_up(session) for session in of_series(series_id))


def is_given_up(session: Session) -> bool:
    """Whether it was cancelled before anybody outside the team knew of it."""
    return session.state == State.CANCELLED and session.published_at is None


def series_in_use(society_id: int, since: datetime) -> Sequence[Series]:
    """A society's series with a session that ends after `since`, by title."""
    used = select(Session.series_id).where(
        Session.society_id == society_id, Session.ends_at > since, Session.state != State.CANCELLED
    )
    return store.scalars(select(Series).where(Series.id.in_(used)).order_by(Series.title, Series.id)).all()


def taken_slugs(beginning: str) -> frozenset[str]:
    """Session slugs in use that begin alike."""
    return frozenset(store.scalars(select(Session.slug).where(Session.slug.startswith(beginning))))


def taken_series_slugs(society_id: int) -> frozenset[str]:
    """Series slugs in use in a society."""
    return frozenset(store.scalars(select(Series.slug).where(Series.society_id == society_id)))


def outdated(now: datetime, *, only_stale: bool) -> Sequence[Session]:
    """Sessions still to start, or to be discussed, after `now`; `only_stale`: derived with older zone data."""
    ahead = or_(Session.starts_at > now, Session.window_closes_at > now)
    wanted = select(Session).where(ahead, Session.state != State.CANCELLED)
    if only_stale:
        wanted = wanted.where(Session.tzdata_version < release())
    return store.scalars(wanted.order_by(Session.id)).all()


def speaker_of(session: Session, speaker_id: int) -> Speaker:
    """A speaker of this session and no other. Raises Missing."""
    speaker = store.get(Speaker, speaker_id)
    if speaker is None or speaker.session_id != session.id:
        raise Missing
    return speaker


def speaker_of_id(speaker_id: int) -> Speaker | None:
    """The speaker of an id that a fact carries; None once removed."""
    return store.get(Speaker, speaker_id)


def by_talk_token(token: str) -> Speaker:
    """The speaker whose one link holds `token`. Raises Missing."""
    speaker = None
    if is_kind(token, TokenKind.TALK):
        speaker = store.scalar(select(Speaker).where(Speaker.token_hash == fingerprint(token)))
    if speaker is None:
        raise Missing
    return speaker


def last_talk(society_id: int, email: str) -> Speaker | None:
    """What somebody last told the same society of themselves; other societies' words stay theirs."""
    return store.scalar(
        select(Speaker)
        .join(Session)
        .where(Session.society_id == society_id, Speaker.email == email)
        .order_by(Speaker.id.desc())
        .limit(1)
    )


def organisers_of(session: Session) -> Sequence[Person]:
    """Who looks after a session: organisers that have worked on it, else all of the society's."""
    team = (
        select(Person)
        .join(Member, Member.person_id == Person.id)
        .where(Member.society_id == session.society_id, Member.role.in_([Role.ADMIN, Role.ORGANISER]))
        .order_by(Person.id)
    )
    worked = select(Entry.actor_id).where(
        Entry.society_id == session.society_id, Entry.thing == "session", Entry.thing_id == session.lead.id
    )
    return store.scalars(team.where(Person.id.in_(worked))).all() or store.scalars(team).all()


def _may_organise(person: Person | None, session: Session) -> bool:
    return person is not None and holds(person, session.society_id, Role.ORGANISER)


def _public(society_id: int | None) -> Select[Session]:
    public = select(Session).where(Session.published_at.is_not(None))
    return public if society_id is None else public.where(Session.society_id == society_id)
