"""People for tests: Olga organises, Ada attends, Pia presents, Sam speaks for the society."""

from webinar.accounts import service
from webinar.accounts.models import Person
from webinar.db.store import store


def person(email: str, name: str, **known: str) -> Person:
    """Somebody known by an address."""
    found = service.known_person(email, name, **known)
    store.commit()
    return found


def olga() -> Person:
    return person("olga@ens.example", "Olga Organiser")


def ada() -> Person:
    return person("ada@clinic.example", "Ada Attendee")


def pia() -> Person:
    return person("pia@clinic.example", "Pia Presenter")


def sam() -> Person:
    return person("sam@ens.example", "Sam Society")
