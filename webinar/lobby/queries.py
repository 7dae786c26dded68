"""What the public pages read across rooms; each function is one question, however many rows answer it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from webinar.certificates.models import Certificate, CertificateState
from webinar.credits.models import Award
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.series import in_series
from webinar.sessions.models import Answer, Series, Session, Speaker, State
from webinar.sessions.rules.family import family
from webinar.sessions.rules.hours import SECOND
from webinar.societies.queries import followed_ids

MOST_ROWS = 100


@dataclass(frozen=True)
class Wanted:
    """Which sessions a list shows; None or False: all of them. `kind` and `locale` as stored."""

    society_id: int | None = None
    series_ids: tuple[int, ...] = ()
    kind: str | None = None
    topic: str | None = None
    locale: str | None = None
    credit: bool = False


@dataclass(frozen=True)
class Choices:
    """What can be filtered by: kinds, topics and languages that occur, in order."""

    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    locales: tuple[str, ...]


def coming(wanted: Wanted, now: datetime, limit: int = MOST_ROWS) -> Sequence[Session]:
    """Public sessions that have not ended at `now`, cancelled ones too, the next first."""
    query = (
        _listed(wanted).where(Session.ends_at > now, _one_line(now)).order_by(Session.starts_at, Session.id)
    )
    return store.scalars(query.limit(limit)).all()


def coming_of_followed(society_id: int, now: datetime, limit: int) -> Sequence[Session]:
    """Published sessions of the societies that a society follows, not ended at `now`, the next first."""
    theirs = _listed(Wanted()).where(
        Session.society_id.in_(followed_ids(society_id)),
        Session.state == State.PUBLISHED,
        Session.ends_at > now,
        _one_line(now),
    )
    return store.scalars(theirs.order_by(Session.starts_at, Session.id).limit(limit)).all()


def past(wanted: Wanted, now: datetime, *, offset: int = 0, limit: int = 20) -> Sequence[Session]:
    """Public sessions that were held before `now`, the latest first."""
    held = _listed(wanted).where(*_held(now))
    return store.scalars(
        held.order_by(Session.starts_at.desc(), Session.id).offset(offset).limit(limit)
    ).all()


def count_past(wanted: Wanted, now: datetime) -> int:
    """How many sessions `past` would list without a limit."""
    held = select(func.count(Session.id)).where(*_public(wanted))
    return store.scalar(held.where(*_held(now))) or 0


def choices(society_id: int) -> Choices:
    """What a society's public sessions can be filtered by."""
    offered = select(Session.kind, Session.topic, Session.locale).where(*_public(Wanted(society_id)))
    rows = store.execute(offered.distinct()).all()
    return Choices(
        kinds=tuple(sorted({row.kind.value for row in rows})),
        topics=tuple(sorted({row.topic for row in rows if row.topic})),
        locales=tuple(sorted({row.locale for row in rows})),
    )


def session_page(slug: str) -> Session:
    """A public session with all its page shows; drafts look absent. Raises Missing."""
    found = store.scalar(
        select(Session)
        .where(Session.slug == slug, Session.published_at.is_not(None))
        .options(joinedload(Session.society), joinedload(Session.series), selectinload(Session.speakers))
    )
    if found is None:
        raise Missing
    return found


def series_of(society_id: int) -> Sequence[Series]:
    """A society's series of which something is public, by title; of those split from one another the oldest."""
    public = select(Session.series_id).where(Session.published_at.is_not(None))
    all_of_them = store.scalars(
        select(Series).where(Series.society_id == society_id).order_by(Series.title, Series.id)
    ).all()
    known = set(store.scalars(public.where(Session.society_id == society_id).distinct()))
    parents = {each.id: each.split_from_id for each in all_of_them}
    families = {each.id: family(each.id, parents) for each in all_of_them if each.id in known}
    first = {min(set(members) & known) for members in families.values()}
    return [each for each in all_of_them if each.id in first]


def series_lengths(series_ids: Collection[int]) -> Mapping[int, int]:
    """How many sessions each series has: the m of "n of m"; drafts that were given up do not count."""
    rows = store.execute(
        select(Session.series_id, func.count())
        .where(
            Session.series_id.in_(series_ids),
            or_(Session.state != State.CANCELLED, Session.published_at.is_not(None)),
        )
        .group_by(Session.series_id)
    )
    return {int(series_id): count for series_id, count in rows if series_id is not None}


def twins_of(session_ids: Collection[int]) -> Mapping[int, Session]:
    """The second live hour of each session that has one, by the first one's id."""
    if not session_ids:
        return {}
    twins = select(Session).where(Session.twin_of_id.in_(session_ids), Session.hour == SECOND)
    return {twin.twin_of_id: twin for twin in store.scalars(twins) if twin.twin_of_id is not None}


def seats_of(person_id: int, limit: int = MOST_ROWS) -> Sequence[Seat]:
    """Somebody's seats with their sessions, the latest session first; those given back are left out."""
    return store.scalars(
        _seats()
        .join(Seat.session)
        .where(Seat.person_id == person_id, Seat.state != SeatState.CANCELLED)
        .order_by(Session.starts_at.desc(), Seat.id)
        .limit(limit)
    ).all()


def awards_of(seat_ids: Collection[int]) -> Mapping[int, Award]:
    """The award in force of each seat that has one."""
    awards = store.scalars(select(Award).where(Award.seat_id.in_(seat_ids), Award.superseded_by_id.is_(None)))
    return {award.seat_id: award for award in awards}


def certificates_of(seat_ids: Collection[int]) -> Mapping[int, Certificate]:
    """The valid certificate of each seat that has one."""
    valid = store.scalars(
        select(Certificate)
        .where(Certificate.seat_id.in_(seat_ids), Certificate.state == CertificateState.VALID)
        .order_by(Certificate.id)
    )
    return {certificate.seat_id: certificate for certificate in valid}


def talks_of(person_id: int, now: datetime) -> Sequence[Speaker]:
    """What somebody is asked to speak at from `now` on, the next first."""
    return store.scalars(
        select(Speaker)
        .join(Session, Session.id == Speaker.session_id)
        .where(
            Speaker.person_id == person_id,
            Speaker.answer != Answer.DECLINED,
            Session.ends_at > now,
            Session.state != State.CANCELLED,
        )
        .order_by(Session.starts_at, Speaker.id)
    ).all()


def sessions_of(session_ids: Collection[int]) -> Mapping[int, Session]:
    """Sessions by id, for rows that name them only by id."""
    rows = store.scalars(select(Session).where(Session.id.in_(session_ids)))
    return {row.id: row for row in rows}


def _seats() -> Select[Seat]:
    return select(Seat).options(
        joinedload(Seat.person),
        joinedload(Seat.session).options(
            joinedload(Session.society), joinedload(Session.series), joinedload(Session.twin_of)
        ),
    )


def _listed(wanted: Wanted) -> Select[Session]:
    whole = (
        joinedload(Session.society),
        joinedload(Session.series),
        joinedload(Session.twin_of).joinedload(Session.series),
    )
    return select(Session).options(*whole).where(*_public(wanted))


def _one_line(now: datetime) -> ColumnElement[bool]:
    """A session with two live hours is one line: of the first, once that has ended of the second."""
    lead = aliased(Session)
    first_is_over = select(lead.id).where(lead.id == Session.twin_of_id, lead.ends_at <= now).exists()
    return or_(Session.twin_of_id.is_(None), and_(Session.hour == SECOND, first_is_over))


def _held(now: datetime) -> list[ColumnElement[bool]]:
    """What was held: a session with two live hours once both have ended, as one line."""
    twin = aliased(Session)
    to_come = select(twin.id).where(
        twin.twin_of_id == Session.id, twin.hour == SECOND, twin.ends_at > now, twin.state == State.PUBLISHED
    )
    return [
        Session.ends_at <= now,
        Session.state == State.PUBLISHED,
        Session.twin_of_id.is_(None),
        ~to_come.exists(),
    ]


def _public(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked = {
        Session.society_id: wanted.society_id,
        Session.kind: wanted.kind,
        Session.topic: wanted.topic,
        Session.locale: wanted.locale,
    }
    found = [column == value for column, value in asked.items() if value is not None]
    if wanted.series_ids:
        found.append(in_series(wanted.series_ids))
    if wanted.credit:
        found.append(Session.credit_scheme.is_not(None))
    return [Session.published_at.is_not(None), *found]
