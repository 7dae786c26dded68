"""A society of the size that the goals speak of: 1,000 sessions and 10,000 people, written in bulk."""

from datetime import timedelta

from sqlalchemy import insert

from tests.factories.sessions import session
from tests.factories.societies import ens_with_olga
from webinar.accounts.models import Person
from webinar.accounts.rules import fresh_nonce
from webinar.db.store import store, transaction
from webinar.sessions.models import Session
from webinar.timekeeping import clock

SESSIONS = 1_000
PEOPLE = 10_000
HOLDERS = 10_000


def build() -> list[str]:
    """Make it; returns the short names of its sessions, the next first."""
    society, _ = ens_with_olga()
    first = session(society, starts_local=_at(1), zone_name="UTC", title="Talk 0")
    row = {column.name: getattr(first, column.name) for column in Session.__table__.columns}
    rows = [like(row, number) for number in range(1, SESSIONS)]
    with transaction():
        store.execute(insert(Session), rows)
        store.execute(insert(Person), [_person(number) for number in range(PEOPLE)])
    return [row["slug"], *(each["slug"] for each in rows)]


def _at(hours: int):
    return (clock.now() + timedelta(days=10, hours=hours)).replace(
        tzinfo=None, minute=0, second=0, microsecond=0
    )


def like(row: dict, number: int) -> dict:
    later = timedelta(hours=3 * number)
    moved = {name: row[name] + later for name in ("starts_local", "starts_at", "ends_at")}
    own = {"slug": f"talk-{number}", "uid": f"talk-{number}@bench.example", "title": f"Talk {number}"}
    return {**{name: value for name, value in row.items() if name != "id"}, **moved, **own}


def _person(number: int) -> dict:
    return {"email": f"person{number}@bench.example", "name": f"Person {number}", "nonce": fresh_nonce(),
            "created_at": clock.now()}  # fmt: skip
