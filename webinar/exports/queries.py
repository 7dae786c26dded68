"""The rows of tables, read once and in order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import aliased

from webinar.accounts.models import Person
from webinar.attendance.models import Presence
from webinar.certificates.models import Certificate, CertificateState
from webinar.certificates.queries import verify_path
from webinar.credits.models import Award
from webinar.db.store import store
from webinar.exports.rules.cell import plain
from webinar.exports.rules.moment import day_in_zone, in_utc, in_zone
from webinar.exports.rules.names import proposed
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Session
from webinar.sessions.queries import hours_of
from webinar.societies.models import Society
from webinar.web.addresses import absolute_path

_PIECE = 200
_NO_CREDIT = ("0", "0.0", "0.00")


def attendance_rows(session: Session) -> Iterator[Sequence[str]]:
    """One row per person who had a place or was present, by name; the columns of `column.ATTENDANCE`.

    Of two live hours a person's row tells the one that counts: with credit, else with more time present,
    else where their place is. One question however many there are; rows are fetched as they are written.
    """
    return _told({hour.id: _activity(hour) for hour in hours_of(session)})


def _told(activities: Mapping[int, dict[str, str]]) -> Iterator[Sequence[str]]:
    # A generator of its own: while a file streams, the session it is about can no longer be asked.
    for row in store.execute(_attendance(list(activities)).execution_options(yield_per=_PIECE)):
        yield [plain(cell) for cell in _attendance_row(row, activities[row.session_id])]


def attendance_count(session: Session) -> int:
    """How many rows the table has."""
    chosen = _attendance([hour.id for hour in hours_of(session)])
    return store.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def log_rows(person_id: int) -> Iterator[Sequence[str]]:
    """Somebody's own record of credit, the latest session first; the columns of `column.LOG`."""
    for row in store.execute(_log(person_id).execution_options(yield_per=_PIECE)):
        yield [plain(cell) for cell in _log_row(row)]


def _attendance(session_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    found = _seats(session_ids).subquery()
    return select(found).where(found.c.place == 1).order_by(found.c.name, found.c.seat_id)


def _seats(session_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """Everything of each seat; `place` 1 is the one seat that counts for its person."""
    best_first = (
        case((Award.credit.in_(_NO_CREDIT), 1), (Award.id.is_(None), 1), else_=0),
        func.coalesce(Presence.seconds, 0).desc(),
        case((Seat.state == SeatState.CONFIRMED, 0), else_=1),
        Seat.id,
    )
    place = func.row_number().over(partition_by=Seat.person_id, order_by=best_first).label("place")
    return (
        select(
            place, Seat.id.label("seat_id"), Seat.session_id,
            Award.id.label("award_id"), Award.scheme_id, Award.scheme_version, Award.unit, Award.credit,
            Award.status, Seat.name, Seat.country, Person.email, Presence.seconds, Certificate.code,
            Certificate.holder, Certificate.state, Certificate.issued_at, Certificate.ended_at,
        )
        .select_from(Seat)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(Presence, Presence.seat_id == Seat.id)
        .outerjoin(Award, (Award.seat_id == Seat.id) & Award.superseded_by_id.is_(None))
        .outerjoin(Certificate, Certificate.id == _last_certificate())
        .where(
            Seat.session_id.in_(session_ids),
            or_(Seat.state == SeatState.CONFIRMED, Presence.id.is_not(None), Award.id.is_not(None)),
        )
    )  # fmt: skip


def _last_certificate() -> Any:
    other = aliased(Certificate)
    last = select(func.max(other.id)).where(other.seat_id == Seat.id, other.state != CertificateState.HELD)
    return last.correlate(Seat).scalar_subquery()


def _activity(session: Session) -> dict[str, str]:
    return {
        "id": session.lead.slug,
        "title": session.title,
        "starts_at": in_utc(session.starts_at),
        "ends_at": in_utc(session.ends_at),
        "zone": session.zone_name,
        "starts_local": in_zone(session.starts_at, session.zone_name),
        "ends_local": in_zone(session.ends_at, session.zone_name),
        "completed_on": day_in_zone(session.ends_at, session.zone_name),
    }


def _attendance_row(row: Found[*tuple[Any, ...]], activity: dict[str, str]) -> Sequence[object]:
    name = row.holder or row.name
    withdrawn = row.ended_at if row.state is CertificateState.WITHDRAWN else None
    return (
        row.award_id, activity["id"], activity["title"], "live", activity["starts_at"], activity["ends_at"],
        activity["zone"], row.scheme_id, row.scheme_version, row.unit, "learner", *proposed(name), name,
        row.email, row.country, (row.seconds or 0) // 60, row.credit, row.credit, _status(row),
        activity["completed_on"] if row.award_id else "", row.code, in_utc(row.issued_at), in_utc(withdrawn),
        activity["starts_local"], activity["ends_local"],
    )  # fmt: skip


def _status(row: Found[*tuple[Any, ...]]) -> str:
    if not row.seconds:
        return "absent"
    return str(row.status) if row.award_id else "not_awarded"


def _log(person_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Session.starts_at, Session.zone_name, Session.title, Society.name.label("society"),
            Award.seconds, Award.credit, Award.unit, Award.scheme_id, Award.scheme_version, Certificate.code,
        )
        .select_from(Award)
        .join(Seat, Seat.id == Award.seat_id)
        .join(Session, Session.id == Award.session_id)
        .join(Society, Society.id == Award.society_id)
        .outerjoin(
            Certificate, (Certificate.seat_id == Seat.id) & (Certificate.state == CertificateState.VALID)
        )
        .where(Seat.person_id == person_id, Award.superseded_by_id.is_(None))
        .order_by(Session.starts_at.desc(), Award.id.desc())
    )  # fmt: skip


def _log_row(row: Found[*tuple[Any, ...]]) -> Sequence[object]:
    return (
        day_in_zone(row.starts_at, row.zone_name), in_utc(row.starts_at), row.zone_name, row.title,
        row.society, row.seconds // 60, row.credit, row.unit, row.scheme_id, row.scheme_version, row.code,
        absolute_path(verify_path(row.code)) if row.code else "",
    )  # fmt: skip
