"""The stage on which the demo's story is played: its clock, its society, what each session gets."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from flask import Flask

from webinar import worker
from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.db.store import transaction
from webinar.demo.cast import MODERATOR, ORGANISER, PRESENTER, Guest
from webinar.demo.slides import small_deck
from webinar.materials import service as materials
from webinar.meetings import service as meetings
from webinar.meetings.port import Link
from webinar.registration.models import Seat
from webinar.registration.queries import seats
from webinar.registration.rules import Application
from webinar.registration.service import seats as registration
from webinar.sessions.models import Answer, Disclosure, Session, Speaker, SpeakerRole
from webinar.sessions.service import answers, publication, speakers
from webinar.sessions.service.speakers import Invitee
from webinar.societies import queries as society_queries
from webinar.societies.models import Society
from webinar.timekeeping import clock

SLUG = "ens"


@dataclass
class Stage:
    """Where the demo is being written. `now` is the real present, aware UTC."""

    app: Flask
    now: datetime
    chance: Random = field(default_factory=lambda: Random(7))

    @contextmanager
    def at(self, distance: timedelta) -> Iterator[None]:
        """One step at a distance from now, committed, with its letters delivered."""
        with self.when(self.now + distance):
            yield

    @contextmanager
    def when(self, instant: datetime) -> Iterator[None]:
        """One step at an instant, committed, with its letters delivered."""
        with clock.standing_at(instant):
            with transaction():
                yield
            worker.once(self.app)

    @property
    def society(self) -> Society:
        """The demo's society."""
        return society_queries.by_slug(SLUG)

    @property
    def olga(self) -> Person:
        """Its organiser."""
        return accounts.known_person(ORGANISER[1], ORGANISER[0])

    def link(self, session: Session) -> None:
        """Where the join links lead."""
        link = Link(
            url="https://us02web.zoom.us/j/81234567890?pwd=example",
            meeting_id="812 3456 7890",
            passcode="441704",
            dial_in="Nepal: ask the organiser\nGermany +49 69 0000 0000",
            backup_url="https://meet.jit.si/example-neurosurgical-society-backup",
        )
        meetings.set_link(session, self.olga, link)

    def staff(self, session: Session) -> None:
        """A link, two speakers who answered everything, and the word “published”."""
        self.link(session)
        talks = (
            (PRESENTER, SpeakerRole.SPEAKER, "Evidence in ten slides", 25),
            (MODERATOR, SpeakerRole.MODERATOR, "Questions", 20),
        )
        for (name, email), role, title, minutes in talks:
            invitee = Invitee(email=email, name=name, role=role, talk_title=title, talk_minutes=minutes)
            self.answer(session, speakers.add_speaker(session, self.olga, invitee))
        publication.publish(session, self.olga)

    def answer(self, session: Session, speaker: Speaker) -> None:
        """A speaker who says yes to everything and brings slides."""
        answers.answer(speaker, Answer.CONFIRMED)
        profile = answers.Profile(
            speaker.name, "Lakeside Hospital", "Works on aneurysms and on teaching.", speaker.talk_title
        )
        answers.describe(speaker, profile)
        answers.disclose(speaker, Disclosure.NONE)
        answers.consent(speaker, agreed=True)
        if speaker.role == SpeakerRole.SPEAKER:
            deck = io.BytesIO(small_deck(session.title))
            with materials.examined(deck, "slides.pdf") as slides, materials.laid_down(slides) as key:
                materials.keep(speaker, slides, key, actor_id=None)

    def register(self, session: Session, guests: list[Guest], instant: datetime) -> None:
        """Guests register at an instant."""
        with self.when(instant):
            for guest in guests:
                application = Application(
                    guest.name, guest.email, guest.country, guest.zone_name, guest.locale
                )
                registration.register(session, application)

    def seat(self, session: Session, guest: Guest) -> Seat:
        """A guest's seat. Raises LookupError."""
        person = accounts.known_person(guest.email, guest.name)
        seat = seats.seat_of(session.id, person.id)
        if seat is None:
            raise LookupError(f"{guest.email} has no seat")
        return seat
