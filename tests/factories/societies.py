"""Societies for tests, founded by Sam, with Olga as organiser."""

from tests.factories.accounts import olga, sam
from webinar.accounts.models import Person
from webinar.db.store import store
from webinar.societies import queries, service
from webinar.societies.models import Member, Role, Society
from webinar.timekeeping import clock


def society(slug: str = "ens", *, founder: Person | None = None, **changes: str) -> Society:
    """A society; its founder (Sam) is its admin."""
    profile = {
        "name": "Example Neurosurgical Society",
        "zone_name": "Europe/Berlin",
        "locale": "en",
        "brand_colour": "#0B5563",
        "contact_email": "events@ens.example",
    } | changes
    found = service.found(founder or sam(), slug, service.Profile(**profile))
    store.commit()
    return found


def member(society: Society, person: Person, role: Role = Role.ORGANISER) -> Member:
    """Give somebody a role without the invitation's mail."""
    held = queries.member_of(person.id, society.id)
    if held is None:
        held = Member(society_id=society.id, person_id=person.id, role=role, joined_at=clock.now())
        store.add(held)
    held.role = role
    store.commit()
    return held


def ens_with_olga() -> tuple[Society, Person]:
    """The example society and its organiser Olga."""
    found, organiser = society(), olga()
    member(found, organiser)
    return found, organiser
