"""Finding series seats, the dates of a series that take registrations, and the seats that belong to one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from webinar.accounts.rules import TokenKind, fingerprint, is_kind
from webinar.accounts.service import token_of
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.registration.models import Seat, SeatState, SeriesSeat, SeriesSeatState
from webinar.sessions.models import Series, Session, State
from webinar.sessions.rules.family import family

_WHOLE = (joinedload(SeriesSeat.series).joinedload(Series.society), joinedload(SeriesSeat.person))
_OF_SEAT = (
    joinedload(Seat.session).options(joinedload(Session.society), joinedload(Session.twin_of)),
    joinedload(Seat.person),
)


def family_ids(series_id: int) -> tuple[int, ...]:
    """The ids of a series and of all that were split from it or it from, the oldest first."""
    society = select(Series.society_id).where(Series.id == series_id).scalar_subquery()
    rows = store.execute(select(Series.id, Series.split_from_id).where(Series.society_id == society))
    return family(series_id, {row.id: row.split_from_id for row in rows})


def by_series_ticket(token: str) -> SeriesSeat:
    """The series seat that a token opens, with series, society and person. Raises Missing, in words."""
    found = None
    if is_kind(token, TokenKind.SERIES):
        wanted = select(SeriesSeat).where(SeriesSeat.ticket_hash == fingerprint(token))
        found = store.scalar(wanted.options(*_WHOLE))
    if found is None:
        raise Missing("This link opens no registration. Please copy the whole of it from your mail.")
    return found


def series_path(series_seat: SeriesSeat) -> str:
    """The path of the page with all dates, a secret of its holder."""
    return f"/a/{token_of(TokenKind.SERIES, series_seat.nonce)}"


def series_seat(series_seat_id: int) -> SeriesSeat | None:
    """The series seat of an id, read afresh, with series, society and person."""
    found = select(SeriesSeat).where(SeriesSeat.id == series_seat_id).options(*_WHOLE)
    return store.scalar(found, execution_options={"populate_existing": True})


def series_seat_of(series_id: int, person_id: int) -> SeriesSeat | None:
    """Somebody's series seat in whatever state, read afresh."""
    found = select(SeriesSeat).where(SeriesSeat.series_id == series_id, SeriesSeat.person_id == person_id)
    return store.scalar(found.options(*_WHOLE), execution_options={"populate_existing": True})


def held_in(series_ids: Collection[int], person_id: int | None = None) -> Sequence[SeriesSeat]:
    """The series seats held in some series, of one person or of all, oldest series first."""
    found = select(SeriesSeat).where(
        SeriesSeat.series_id.in_(series_ids), SeriesSeat.state == SeriesSeatState.HELD
    )
    if person_id is not None:
        found = found.where(SeriesSeat.person_id == person_id)
    return store.scalars(found.options(*_WHOLE).order_by(SeriesSeat.series_id, SeriesSeat.id)).all()


def holder_of(seat: Seat) -> SeriesSeat | None:
    """The series seat, in whatever state, that a seat is one date of; None without one."""
    series_id = seat.session.lead.series_id
    return series_seat_of(series_id, seat.person_id) if series_id else None


def followers_missing(parent_id: int, series_id: int) -> Sequence[SeriesSeat]:
    """Who holds a seat in the series `parent_id` and has none yet in `series_id`, which was split from it."""
    there = select(SeriesSeat.person_id).where(SeriesSeat.series_id == series_id)
    found = select(SeriesSeat).where(
        SeriesSeat.series_id == parent_id,
        SeriesSeat.state == SeriesSeatState.HELD,
        SeriesSeat.person_id.not_in(there),
    )
    return store.scalars(found.order_by(SeriesSeat.id)).all()


def open_dates(series_ids: Collection[int], now: datetime) -> Sequence[Session]:
    """The sessions of some series that take registrations at `now`, by their live hour that ends last.

    In the order in which they must be locked: see service.ledger.locked.
    """
    late = select(Session.twin_of_id).where(
        Session.hour.is_not(None), Session.state == State.PUBLISHED, Session.ends_at > now
    )
    still = (Session.state == State.PUBLISHED) & (Session.ends_at > now)
    found = select(Session).where(
        Session.series_id.in_(series_ids),
        Session.twin_of_id.is_(None),
        Session.published_at.is_not(None),
        or_(still, Session.id.in_(late)),
    )
    return store.scalars(found.order_by(Session.id)).all()


def seats_in(series_ids: Collection[int], person_id: int) -> Sequence[Seat]:
    """Somebody's seats at the sessions of some series, in every state and live hour, by time."""
    found = select(Seat).join(Seat.session).where(Seat.person_id == person_id, in_series(series_ids))
    return store.scalars(found.options(*_OF_SEAT).order_by(Session.starts_at, Seat.id)).all()


def in_series(series_ids: Collection[int]) -> ColumnElement[bool]:
    """Sessions of some series with their second live hours, which belong to no series themselves."""
    leads = select(Session.id).where(Session.series_id.in_(series_ids))
    return or_(Session.series_id.in_(series_ids), Session.twin_of_id.in_(leads))


def standing(seats: Sequence[Seat]) -> Sequence[Seat]:
    """Those of some seats that were not given back."""
    return [seat for seat in seats if seat.state is not SeatState.CANCELLED]


def registered_state(series_id: int, person_id: int) -> int:
    """A number that differs once anything differs that somebody's event of the series is made of.

    Revision of the series, version of their series seat, and the versions of their seats in its family.
    """
    revision = store.scalar(select(Series.revision).where(Series.id == series_id)) or 0
    own = select(SeriesSeat.version).where(
        SeriesSeat.series_id == series_id, SeriesSeat.person_id == person_id
    )
    versions = (
        select(func.sum(Seat.version))
        .join(Seat.session)
        .where(Seat.person_id == person_id, in_series(family_ids(series_id)))
    )
    return revision + (store.scalar(own) or 0) + (store.scalar(versions) or 0)
