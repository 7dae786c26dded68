"""Shelf: one person's collection during one request, read once."""

from collections.abc import Collection
from functools import cached_property

from webinar.accounts.models import Person
from webinar.caldav.port import CollectionSource, Held
from webinar.caldav.rules.places import file_name
from webinar.caldav.rules.refused import Refused
from webinar.caldav.rules.tokens import token
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.resource import resource
from webinar.config import settings


class Shelf:
    """A person and their collection; the version is read before anything else."""

    def __init__(self, person: Person, source: CollectionSource) -> None:
        self.person = person
        self.source = source
        self.version = source.version()

    @property
    def token(self) -> str:
        """The sync token of the present version."""
        return self.token_of(self.version)

    def token_of(self, version: int) -> str:
        """The sync token of a version."""
        return token(settings().base_url, self.person.id, version)

    @cached_property
    def all(self) -> dict[str, Held]:
        """What the collection holds, by file name."""
        return {file_name(each.uid): each for each in self.source.held()}

    def held(self, name: str) -> Held:
        """One event by file name. Raises Refused (404)."""
        if name not in self.all:
            raise Refused(404, sentence="There is no such event in this calendar.")
        return self.all[name]

    def events(self, held: Collection[Held]) -> dict[str, CalendarEvent]:
        """The events themselves, by UID."""
        return dict(self.source.events({each.uid for each in held}))

    def body(self, uid: str) -> bytes:
        """The bytes of one event. Raises Refused (404) for one that left a moment ago."""
        event = self.source.events({uid}).get(uid)
        if event is None:
            raise Refused(404, sentence="There is no such event in this calendar.")
        return resource(event)
