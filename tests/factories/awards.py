"""Sessions that took place, with people present, ready to be awarded."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from tests.factories import accounts as people
from tests.factories.accounts import person
from tests.factories.societies import ens_with_olga
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, fingerprint
from webinar.accounts.service import minted, token_of
from webinar.attendance.models import Closing, Presence
from webinar.certificates import queries as certificates
from webinar.certificates.models import Certificate
from webinar.credits import service
from webinar.db.store import store
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Kind, Session, Speaker, State
from webinar.societies.models import Society
from webinar.timekeeping import clock
from webinar.timekeeping.wall import local_of

STARTED_AT = datetime(2026, 9, 30, 13, 0, tzinfo=UTC)
"""Wednesday 30 September 2026, 15:00 in Berlin: a week before the tests' present."""
MINUTE = timedelta(minutes=1)
_numbers = count(1)


def held_session(society: Society, *, closed_by: Person | None = None, **changes: Any) -> Session:
    """A published session of one hour in Berlin that is over; attendance closed if somebody closed it."""
    number = next(_numbers)
    starts_at, minutes = changes.pop("starts_at", STARTED_AT), changes.pop("minutes", 60)
    zone_name = changes.pop("zone_name", "Europe/Berlin")
    values = {
        "society_id": society.id,
        "slug": f"flow-diverters-{number}",
        "uid": f"session-{number}@webinar.test",
        "kind": Kind.WEBINAR,
        "title": "Flow diverters in ruptured aneurysms",
        "locale": "en",
        "zone_name": zone_name,
        "starts_local": local_of(starts_at, zone_name),
        "minutes": minutes,
        "starts_at": starts_at,
        "ends_at": starts_at + minutes * MINUTE,
        "tzdata_version": "2026a",
        "credit_scheme": "hourly_quarter",
        "state": State.PUBLISHED,
        "revision": 1,
        "published_at": clock.now(),
        "created_at": clock.now(),
        "changed_at": clock.now(),
    } | changes
    session = Session(**values)
    store.add(session)
    store.commit()
    if closed_by is not None:
        close_attendance(session, closed_by)
    return session


def close_attendance(session: Session, actor: Person) -> None:
    store.add(Closing(session_id=session.id, closed_by_id=actor.id, closed_at=clock.now()))
    store.commit()


def seat(
    session: Session,
    name: str = "Ada Attendee",
    email: str = "ada@clinic.example",
    *,
    minutes: float | None = None,
    **changes: Any,
) -> Seat:
    """Somebody's place; with `minutes`, they were present from the start for so long."""
    nonce, ticket_hash = minted(TokenKind.TICKET)
    values = {
        "session_id": session.id,
        "person_id": person(email, name).id,
        "name": name,
        "country": "NP",
        "zone_name": "Asia/Kathmandu",
        "locale": "en",
        "state": SeatState.CONFIRMED,
        "nonce": nonce,
        "ticket_hash": ticket_hash,
        "join_hash": fingerprint(token_of(TokenKind.JOIN, nonce)),
        "created_at": clock.now(),
        "changed_at": clock.now(),
    } | changes
    made = Seat(**values)
    store.add(made)
    store.commit()
    if minutes is not None:
        be_present(made, minutes)
    return made


def be_present(seat: Seat, minutes: float) -> Presence:
    """Set the time somebody was present, from the start of the session."""
    starts_at, length = seat.session.starts_at, timedelta(minutes=minutes)
    found = store.scalar(select(Presence).where(Presence.seat_id == seat.id))
    if found is None:
        found = Presence(
            session_id=seat.session_id, seat_id=seat.id, source="report", computed_at=clock.now()
        )
        store.add(found)
    found.seconds = int(length.total_seconds())
    found.intervals = [[starts_at.isoformat(), (starts_at + length).isoformat()]] if minutes else []
    store.commit()
    return found


def speaker(session: Session, email: str, name: str, **changes: Any) -> Speaker:
    """Somebody who speaks at the session."""
    nonce, token_hash = minted(TokenKind.TALK)
    made = Speaker(
        session_id=session.id,
        email=email,
        name=name,
        position=len(session.speakers) + 1,
        nonce=nonce,
        token_hash=token_hash,
        **changes,
    )
    store.add(made)
    store.commit()
    return made


def attended(*minutes: float, **changes: Any) -> tuple[Session, Person, list[Seat]]:
    """A held session of ENS, its organiser Olga, and one seat for each number of minutes."""
    society = store.scalar(select(Society).where(Society.slug == "ens"))
    society, olga = (society, people.olga()) if society else ens_with_olga()
    session = held_session(society, closed_by=olga, **changes)
    names = [("Ada Attendee", "ada@clinic.example"), ("Ben Attendee", "ben@clinic.example")]
    names += [(f"Person {n}", f"person{n}@clinic.example") for n in range(3, len(minutes) + 1)]
    return session, olga, [seat(session, *who, minutes=m) for who, m in zip(names, minutes, strict=False)]


def award(session: Session, actor: Person) -> None:
    """Award the session as an organiser's press does."""
    service.award_session(session, actor)
    store.commit()


def certificate_of(seat: Seat) -> Certificate:
    """The last certificate of a seat, read afresh."""
    store.commit()
    store.expire_all()
    found = certificates.newest_of(seat.id)
    assert found is not None, "no certificate"
    return found
