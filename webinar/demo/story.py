"""Writes the demo society's last weeks, session by session, by calling services at the time of each step."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from flask import Flask

from webinar import worker
from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind
from webinar.attendance.format import Answers
from webinar.attendance.service import closing, reports, visits
from webinar.credits import service as credits
from webinar.db.store import transaction
from webinar.demo.cast import ADMIN, AUDIENCE, DISCUSSANT, MODERATOR, ORGANISER, PRESENTER, Guest
from webinar.demo.slides import small_deck
from webinar.demo.words import ABSTRACTS, CLUB, WORKSHOP
from webinar.demo.zoom_report import Stay, zoom_report
from webinar.files.upload import receive
from webinar.materials import service as materials
from webinar.materials.service import Slides
from webinar.meetings import service as meetings
from webinar.meetings.port import Link
from webinar.registration import queries as seats
from webinar.registration import service as registration
from webinar.registration.models import Seat
from webinar.registration.rules import Application
from webinar.sessions import queries as session_queries
from webinar.sessions.models import Answer, Disclosure, Kind, Session, Speaker, SpeakerRole
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.rules.start import When
from webinar.sessions.service import answers, draft, publication, series, speakers, timing
from webinar.sessions.service.draft import Draft
from webinar.sessions.service.series import SeriesPlan
from webinar.sessions.service.speakers import Invitee
from webinar.societies import queries as society_queries
from webinar.societies import service as societies
from webinar.societies.models import Role, Society
from webinar.timekeeping import clock
from webinar.timekeeping.wall import local_of

SLUG = "ens"
HOST_ZONE = "Asia/Kathmandu"
"""Where the vascular series is planned from."""


@dataclass
class Story:
    """The demo while it is being written. `now` is the real present, aware UTC."""

    app: Flask
    now: datetime
    chance: Random = field(default_factory=lambda: Random(7))

    @cached_property
    def slides(self) -> Slides:
        """One small deck, which stands for every speaker's."""
        return materials.examine(io.BytesIO(small_deck("Evidence in ten slides")), "slides.pdf")

    def tell(self) -> None:
        """Write everything, oldest first."""
        with self._at(-timedelta(days=45)):
            self._found()
        with self._at(-timedelta(days=44)):
            vascular = self._series()
        for number, session in enumerate(vascular):
            self._past(session) if number < 3 else self._coming(session, 18 - number)
        self._running()
        self._club()
        self._full()
        self._moved_and_cancelled()

    @contextmanager
    def _at(self, distance: timedelta) -> Iterator[None]:
        """One step at a distance from now, committed, with its letters delivered."""
        with self._when(self.now + distance):
            yield

    @contextmanager
    def _when(self, instant: datetime) -> Iterator[None]:
        with clock.standing_at(instant):
            with transaction():
                yield
            worker.once(self.app)

    def _found(self) -> None:
        admin = accounts.known_person(ADMIN[1], ADMIN[0], country="NG", locale="en")
        profile = societies.Profile(
            name="Example Neurosurgical Society",
            zone_name=HOST_ZONE,
            locale="en",
            brand_colour="#0B5563",
            contact_email="events@ens.example",
            about="Neurosurgeons who learn together across borders. Everything here is fictional.",
        )
        society = societies.found(admin, SLUG, profile)
        for (name, email), role in ((ORGANISER, Role.ORGANISER), (PRESENTER, Role.PRESENTER)):
            invitation = societies.invite(society, admin, email=email, name=name, role=role)
            societies.accept(accounts.token_of(TokenKind.INVITATION, invitation.nonce))

    @property
    def society(self) -> Society:
        return society_queries.by_slug(SLUG)

    @property
    def olga(self) -> Person:
        return accounts.known_person(ORGANISER[1], ORGANISER[0])

    def _series(self) -> list[Session]:
        """Weekly vascular evenings: three are over, the others come."""
        first = _evening(self.now - timedelta(days=19), HOST_ZONE, hour=18, minute=45)
        words = Draft(
            title="Vascular neurosurgery, step by step",
            kind=Kind.WEBINAR,
            abstract=ABSTRACTS[0][1],
            objectives=ABSTRACTS[0][2],
            topic="Vascular",
            capacity=500,
            credit_scheme="hourly_quarter",
        )
        plan = SeriesPlan(words, When(first, HOST_ZONE, 60), Rhythm(Every.WEEK, 1, count=8))
        planned = series.plan_series(self.society, self.olga, plan)
        sessions = list(session_queries.of_series(planned.id))
        for session, (title, abstract, objectives) in zip(sessions, ABSTRACTS, strict=True):
            changed = Draft(**vars(words) | {"title": title, "abstract": abstract, "objectives": objectives})
            draft.edit(session, self.olga, changed)
            self._staff(session)
        return sessions

    def _staff(self, session: Session) -> None:
        """A link, two speakers who answered everything, and the word “published”."""
        link = Link(
            url="https://us02web.zoom.us/j/81234567890?pwd=example",
            meeting_id="812 3456 7890",
            passcode="441704",
            dial_in="Nepal: ask the organiser\nGermany +49 69 0000 0000",
            backup_url="https://meet.jit.si/example-neurosurgical-society-backup",
        )
        meetings.set_link(session, self.olga, link)
        talks = (
            (PRESENTER, SpeakerRole.SPEAKER, "Evidence in ten slides", 25),
            (MODERATOR, SpeakerRole.MODERATOR, "Questions", 20),
        )
        for (name, email), role, title, minutes in talks:
            invitee = Invitee(email=email, name=name, role=role, talk_title=title, talk_minutes=minutes)
            self._answer(session, speakers.add_speaker(session, self.olga, invitee))
        publication.publish(session, self.olga)

    def _answer(self, session: Session, speaker: Speaker) -> None:
        answers.answer(speaker, Answer.CONFIRMED)
        profile = answers.Profile(
            speaker.name, "Lakeside Hospital", "Works on aneurysms and on teaching.", speaker.talk_title
        )
        answers.describe(speaker, profile)
        answers.disclose(speaker, Disclosure.NONE)
        answers.consent(speaker, agreed=True)
        if speaker.role == SpeakerRole.SPEAKER:
            with materials.laid_down(self.slides) as key:
                materials.keep(speaker, self.slides, key, actor_id=None)

    def _past(self, session: Session) -> None:
        """A session that is over: registered, joined, reported, closed, credited."""
        starts_at, guests = session.starts_at, list(AUDIENCE)
        self.chance.shuffle(guests)
        for days, part in ((9, guests[:12]), (3, guests[12:20]), (0.4, guests[20:])):
            self._register(session, part, starts_at - timedelta(days=days))
        for before in (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=15)):
            with self._when(starts_at - before):
                pass
        came = guests[: 17 + self.chance.randrange(6)]
        with self._when(starts_at + timedelta(minutes=2)):
            for guest in came[:-3]:
                visits.record_visit(self._seat(session, guest), clock.now())
        with self._when(starts_at + timedelta(minutes=95)):
            self._report(session, came)
        with self._when(starts_at + timedelta(minutes=110)):
            closing.close(session, self.olga)
            credits.award_session(session, self.olga)

    def _register(self, session: Session, guests: list[Guest], instant: datetime) -> None:
        with self._when(instant):
            for guest in guests:
                application = Application(
                    guest.name, guest.email, guest.country, guest.zone_name, guest.locale
                )
                registration.register(session, application)

    def _seat(self, session: Session, guest: Guest) -> Seat:
        person = accounts.known_person(guest.email, guest.name)
        seat = seats.seat_of(session.id, person.id)
        if seat is None:
            raise LookupError(f"{guest.email} has no seat")
        return seat

    def _report(self, session: Session, came: list[Guest]) -> None:
        """The provider's file: one person on a bad line, one without an address, the host."""
        stays = [Stay(ORGANISER[0], ORGANISER[1], session.starts_at - timedelta(minutes=9), session.ends_at)]
        for number, guest in enumerate(came):
            late = timedelta(minutes=self.chance.randrange(9), seconds=self.chance.randrange(60))
            joined, left = session.starts_at + late, session.ends_at + timedelta(minutes=2)
            email = "" if number == len(came) - 1 else guest.email
            if number == 2:
                gap = session.starts_at + timedelta(minutes=31)
                stays.append(Stay(guest.name, email, joined, gap))
                joined = gap + timedelta(minutes=4)
            stays.append(Stay(guest.name, email, joined, left))
        content = zoom_report(session.title, ORGANISER[1], HOST_ZONE, stays)
        upload = receive(io.BytesIO(content), "participants_81234567890.csv", most_bytes=1 << 22)
        reports.read_report(session, self.olga, upload, Answers(zone=HOST_ZONE))

    def _coming(self, session: Session, people: int) -> None:
        self._register(session, list(AUDIENCE[:people]), self.now - timedelta(days=2))

    def _one(self, words: Draft, when: When) -> Session:
        """A single session, planned two days ago."""
        with self._at(-timedelta(days=6)):
            session = draft.draft(self.society, self.olga, words, when)
            self._staff(session)
        return session

    def _running(self) -> None:
        starts = local_of(self.now - timedelta(minutes=10), "America/Sao_Paulo")
        session = self._one(WORKSHOP, When(starts, "America/Sao_Paulo", 90))
        self._register(session, list(AUDIENCE[:14]), self.now - timedelta(days=2))
        with self._at(-timedelta(minutes=6)):
            for guest in AUDIENCE[1:9]:
                visits.record_visit(self._seat(session, guest), clock.now())

    def _club(self) -> None:
        """The month’s paper, twelve days ahead, with a second series of its own."""
        first = _evening(self.now + timedelta(days=12), "Asia/Kolkata", hour=20, minute=0)
        if first.day > 28:  # not every month has a fifth weekday
            first += timedelta(days=7)
        plan = SeriesPlan(CLUB, When(first, "Asia/Kolkata", 60), Rhythm(Every.WEEKDAY_OF_MONTH, 1, count=3))
        with self._at(-timedelta(days=5)):
            planned = series.plan_series(self.society, self.olga, plan)
            paper = session_queries.of_series(planned.id)[0]
            draft.edit(paper, self.olga, CLUB_PAPER)
            invitee = Invitee(email=DISCUSSANT[1], name=DISCUSSANT[0], role=SpeakerRole.DISCUSSANT)
            self._answer(paper, speakers.add_speaker(paper, self.olga, invitee))
            self._staff(paper)
        self._register(paper, list(AUDIENCE[3:12]), self.now - timedelta(days=1))

    def _full(self) -> None:
        """Ten seats and a waiting list."""
        starts = _evening(self.now + timedelta(days=9), "Africa/Lagos", hour=15, minute=0)
        words = Draft(
            title="Case conference: three aneurysms, one operating room",
            kind=Kind.CASE_DISCUSSION,
            abstract="Small on purpose: bring your own question. **For learning between professionals.**",
            objectives=("Weigh three ways to treat the same aneurysm.",),
            topic="Vascular",
            capacity=10,
            credit_scheme="one_per_45",
        )
        session = self._one(words, When(starts, "Africa/Lagos", 60))
        self._register(session, list(AUDIENCE[:13]), self.now - timedelta(days=1))

    def _moved_and_cancelled(self) -> None:
        starts = _evening(self.now + timedelta(days=16), "Europe/Istanbul", hour=19, minute=30)
        words = Draft(
            title="Spine infections where MRI is far away",
            kind=Kind.WEBINAR,
            topic="Spine",
            abstract="A practical hour.",
            objectives=("Decide without MRI.",),
        )
        moved = self._one(words, When(starts, "Europe/Istanbul", 60))
        self._register(moved, list(AUDIENCE[5:11]), self.now - timedelta(days=2))
        with self._at(-timedelta(hours=20)):
            timing.move(moved, self.olga, When(starts + timedelta(days=1), "Europe/Istanbul", 60))
        gone = Draft(
            title="Endoscopic third ventriculostomy in infants",
            kind=Kind.WEBINAR,
            topic="Paediatric",
            abstract="To be planned anew.",
            objectives=("Select patients.",),
        )
        cancelled = self._one(gone, When(starts + timedelta(days=4), "Europe/Istanbul", 60))
        self._register(cancelled, list(AUDIENCE[2:6]), self.now - timedelta(days=2))
        with self._at(-timedelta(hours=8)):
            publication.cancel(
                cancelled, self.olga, "The speaker is on call that evening. A new date follows."
            )


CLUB_PAPER = Draft(**vars(CLUB) | {"title": "Paper of the month: does early mobilisation change outcome?"})


def _evening(instant: datetime, zone_name: str, *, hour: int, minute: int) -> datetime:
    """The wall time at an hour of the local day of an instant."""
    return local_of(instant, zone_name).replace(hour=hour, minute=minute, second=0, microsecond=0)
