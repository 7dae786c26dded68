"""Sessions to register for, and seats in them, written short."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from tests.factories import sessions
from tests.factories.accounts import olga
from tests.factories.societies import society
from webinar.db.store import store
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as queries
from webinar.registration.rules import Application
from webinar.registration.service import seats as service
from webinar.sessions.models import Session
from webinar.sessions.service import publication
from webinar.societies.models import Society
from webinar.timekeeping.wall import local_of

START_AT = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
"""Wednesday 14 October 2026, 13:00 UTC: a week after the tests' present."""


def open_session(*, starts_at: datetime = START_AT, **changes: Any) -> Session:
    """A published session of one hour in Berlin with ten seats; `changes` are those of a draft."""
    return sessions.session(_ens(), **_planned(starts_at, changes))


def unpublished_session() -> Session:
    """A draft."""
    return sessions.draft(_ens(), **_planned(START_AT, {}))


def cancelled_session(because: str = "The speaker is ill.", **changes: Any) -> Session:
    """A session that was published and then called off."""
    session = open_session(**changes)
    call_off(session, because)
    return session


def call_off(session: Session, because: str = "The speaker is ill.") -> None:
    """Cancel a session as Olga does."""
    publication.cancel(session, olga(), because)
    store.commit()


def _ens() -> Society:
    return store.scalar(select(Society)) or society()


def _planned(starts_at: datetime, changes: dict[str, Any]) -> dict[str, Any]:
    local = local_of(starts_at, "Europe/Berlin")
    return {"capacity": 10, "starts_local": local, "zone_name": "Europe/Berlin"} | changes


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
