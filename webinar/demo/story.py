"""Writes the demo society's last weeks, session by session, by calling services at the time of each step."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webinar.accounts import service as accounts
from webinar.accounts.rules import TokenKind
from webinar.attendance.service import visits
from webinar.demo.asking import asking
from webinar.demo.cast import ADA, ADMIN, AUDIENCE, DISCUSSANT, ORGANISER, PRESENTER
from webinar.demo.past import hold
from webinar.demo.stage import SLUG, Stage
from webinar.demo.words import ABSTRACTS, CLUB, WORKSHOP
from webinar.sessions import queries as session_queries
from webinar.sessions.models import Kind, Session, SpeakerRole
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.rules.start import When
from webinar.sessions.rules.window import Window
from webinar.sessions.service import draft, hours, publication, series, speakers, timing
from webinar.sessions.service.draft import Draft
from webinar.sessions.service.series import SeriesPlan
from webinar.sessions.service.speakers import Invitee
from webinar.societies import service as societies
from webinar.societies.models import Role
from webinar.timekeeping import clock
from webinar.timekeeping.wall import local_of

HOST_ZONE = "Asia/Kathmandu"
"""Where the vascular series is planned from."""


@dataclass(frozen=True)
class Story:
    """The demo's story, told on a stage."""

    stage: Stage

    def tell(self) -> None:
        """Write everything, oldest first."""
        with self.stage.at(-timedelta(days=45)):
            self._found()
        with self.stage.at(-timedelta(days=44)):
            vascular = self._series()
        for number, session in enumerate(vascular):
            hold(self.stage, session) if number < 3 else self._coming(session, 18 - number)
        self._running()
        self._club()
        self._full()
        self._moved_and_cancelled()
        asking(self.stage)

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
        ada = accounts.known_person(ADA.email, ADA.name, country=ADA.country)
        accounts.choose(ada, ADA.name, ADA.zone_name, ADA.locale)

    def _series(self) -> list[Session]:
        """Weekly vascular evenings: three are over, the others come."""
        first = _evening(self.stage.now - timedelta(days=19), HOST_ZONE, hour=18, minute=45)
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
        planned = series.plan_series(self.stage.society, self.stage.olga, plan)
        sessions = list(session_queries.of_series(planned.id))
        for session, (title, abstract, objectives) in zip(sessions, ABSTRACTS, strict=True):
            changed = Draft(**vars(words) | {"title": title, "abstract": abstract, "objectives": objectives})
            draft.edit(session, self.stage.olga, changed)
            self.stage.staff(session)
        return sessions

    def _coming(self, session: Session, people: int) -> None:
        self.stage.register(session, list(AUDIENCE[:people]), self.stage.now - timedelta(days=2))

    def _one(self, words: Draft, when: When) -> Session:
        """A single session, planned two days ago."""
        with self.stage.at(-timedelta(days=6)):
            session = draft.draft(self.stage.society, self.stage.olga, words, when)
            self.stage.staff(session)
        return session

    def _running(self) -> None:
        starts = local_of(self.stage.now - timedelta(minutes=10), "America/Sao_Paulo")
        session = self._one(WORKSHOP, When(starts, "America/Sao_Paulo", 90))
        self.stage.register(session, list(AUDIENCE[:14]), self.stage.now - timedelta(days=2))
        with self.stage.at(-timedelta(minutes=6)):
            for guest in AUDIENCE[1:9]:
                visits.record_visit(self.stage.seat(session, guest), clock.now())

    def _club(self) -> None:
        """The month’s paper, twelve days ahead, with a second series of its own."""
        first = _evening(self.stage.now + timedelta(days=12), "Asia/Kolkata", hour=20, minute=0)
        if first.day > 28:  # not every month has a fifth weekday
            first += timedelta(days=7)
        plan = SeriesPlan(CLUB, When(first, "Asia/Kolkata", 60), Rhythm(Every.WEEKDAY_OF_MONTH, 1, count=3))
        with self.stage.at(-timedelta(days=5)):
            planned = series.plan_series(self.stage.society, self.stage.olga, plan)
            paper = session_queries.of_series(planned.id)[0]
            draft.edit(paper, self.stage.olga, CLUB_PAPER)
            invitee = Invitee(email=DISCUSSANT[1], name=DISCUSSANT[0], role=SpeakerRole.DISCUSSANT)
            self.stage.answer(paper, speakers.add_speaker(paper, self.stage.olga, invitee))
            evening = self._two_hours(paper)
            self.stage.staff(paper)
            self.stage.link(evening)
        for hour, guests in ((paper, AUDIENCE[3:9]), (evening, AUDIENCE[9:14])):
            self.stage.register(hour, list(guests), self.stage.now - timedelta(days=1))

    def _two_hours(self, paper: Session) -> Session:
        """Half a day later the other half of the world discusses; the thread is open for four days."""
        again = When(paper.starts_local + timedelta(hours=12), paper.zone_name, 60)
        evening = hours.add_hour(paper, self.stage.olga, again)
        morning = paper.starts_local.replace(hour=9, minute=0)
        timing.set_window(
            paper, self.stage.olga, Window(morning - timedelta(days=2), morning + timedelta(days=2))
        )
        return evening

    def _full(self) -> None:
        """Ten seats and a waiting list."""
        starts = _evening(self.stage.now + timedelta(days=9), "Africa/Lagos", hour=15, minute=0)
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
        self.stage.register(session, list(AUDIENCE[:13]), self.stage.now - timedelta(days=1))

    def _moved_and_cancelled(self) -> None:
        starts = _evening(self.stage.now + timedelta(days=16), "Europe/Istanbul", hour=19, minute=30)
        words = Draft(
            title="Spine infections where MRI is far away",
            kind=Kind.WEBINAR,
            topic="Spine",
            abstract="A practical hour.",
            objectives=("Decide without MRI.",),
        )
        moved = self._one(words, When(starts, "Europe/Istanbul", 60))
        self.stage.register(moved, list(AUDIENCE[5:11]), self.stage.now - timedelta(days=2))
        with self.stage.at(-timedelta(hours=20)):
            timing.move(moved, self.stage.olga, When(starts + timedelta(days=1), "Europe/Istanbul", 60))
        gone = Draft(
            title="Endoscopic third ventriculostomy in infants",
            kind=Kind.WEBINAR,
            topic="Paediatric",
            abstract="To be planned anew.",
            objectives=("Select patients.",),
        )
        cancelled = self._one(gone, When(starts + timedelta(days=4), "Europe/Istanbul", 60))
        self.stage.register(cancelled, list(AUDIENCE[2:6]), self.stage.now - timedelta(days=2))
        with self.stage.at(-timedelta(hours=8)):
            publication.cancel(
                cancelled, self.stage.olga, "The speaker is on call that evening. A new date follows."
            )


CLUB_PAPER = Draft(**vars(CLUB) | {"title": "Paper of the month: does early mobilisation change outcome?"})


def _evening(instant: datetime, zone_name: str, *, hour: int, minute: int) -> datetime:
    """The wall time at an hour of the local day of an instant."""
    return local_of(instant, zone_name).replace(hour=hour, minute=minute, second=0, microsecond=0)
