"""Sessions to register for, and seats in them, written short."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from tests.factories.societies import society
from webinar.db.store import store
from webinar.registration import queries, service
from webinar.registration.models import Seat, SeatState
from webinar.registration.rules import Application
from webinar.sessions.models import Kind, Session, State
from webinar.societies.models import Society
from webinar.timekeeping import clock
from webinar.timekeeping.wall import local_of

START_AT = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
"""Wednesday 14 October 2026, 13:00 UTC: a week after the tests' present."""
HOUR = timedelta(hours=1)
_numbers = count(1)


def open_session(
    society_: Society | None = None, *, starts_at: datetime = START_AT, **changes: Any
) -> Session:
    """A published session of one hour in Berlin, ten seats unless said otherwise."""
    number = next(_numbers)
    values = {
        "society_id": (society_ or store.scalar(select(Society)) or society()).id,
        "slug": f"flow-diverters-{number}",
        "uid": f"session-{number}@webinar.test",
        "kind": Kind.WEBINAR,
        "title": "Flow diverters in ruptured aneurysms",
        "locale": "en",
        "capacity": 10,
        "zone_name": "Europe/Berlin",
        "starts_local": local_of(starts_at, "Europe/Berlin"),
        "minutes": 60,
        "starts_at": starts_at,
        "ends_at": starts_at + HOUR,
        "tzdata_version": "2026a",
        "state": State.PUBLISHED,
        "revision": 1,
        "created_at": clock.now(),
        "changed_at": clock.now(),
    } | changes
    session = Session(**values)
    store.add(session)
    store.commit()
    return session


def application(email: str = "ada@clinic.example", name: str = "Ada Attendee", **changes: Any) -> Application:
    """What somebody types into the form."""
    return Application(
        **{"name": name, "email": email, "country": "NP", "zone_name": "Asia/Kathmandu"} | changes
    )


def seat(
    session: Session, email: str = "ada@clinic.example", name: str = "Ada Attendee", **changes: Any
) -> Seat:
    """Somebody's seat, as registering gives it."""
    found = service.register(session, application(email, name, **changes))
    store.commit()
    return found


def seats(session: Session, number: int) -> list[Seat]:
    """That many people's seats, in the order of registration."""
    return [seat(session, f"person{n}@clinic.example", f"Person {_letters(n)}") for n in range(1, number + 1)]


def states(*given: Seat) -> list[str]:
    """The states of seats, read afresh."""
    store.expire_all()
    return [each.state.value for each in given]


def tally(session: Session) -> Mapping[str, int]:
    """How many seats stand in each state; states without seats are left out."""
    counts = queries.counts(session.id)
    return {state.value: n for state in SeatState if (n := getattr(counts, state.value))}


def _letters(number: int) -> str:
    return chr(ord("A") + number // 26) + chr(ord("a") + number % 26)
