"""What happens to people, told upward."""

from dataclasses import dataclass

from webinar.outbox.facts import Fact


@dataclass(frozen=True)
class PersonSaved(Fact):
    """Somebody chose another name, zone or language; only noted, never posted as a letter."""

    person_id: int
