"""Reports for tests: the journal club of the golden files, who registered for it, files as uploads."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from tests.factories import sessions
from tests.factories.registration import seat
from webinar.accounts.models import Person
from webinar.attendance.format import Answers
from webinar.attendance.models import Report, ReportPerson
from webinar.attendance.queries import reports
from webinar.attendance.queries.people import seat_by_email
from webinar.attendance.service import reports as service
from webinar.db.store import store
from webinar.files.upload import Upload, receive
from webinar.registration.models import Seat
from webinar.sessions.models import Session
from webinar.societies.models import Society

GOLDEN = Path(__file__).parent.parent / "golden" / "attendance"
Z1 = "zoom_Z1_meeting_unique_2020_2023.csv"
Z2 = "zoom_Z2_meeting_joins_2020_2023.csv"
Z3 = "zoom_Z3_meeting_unique_2024_on.csv"
STARTS_AT = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)
"""18:00 in Berlin: half a year before the tests' present."""
GUESTS = (
    ("jonas.feld@klinik-nord.example", "Jonas Feld"),
    ("priya.raman@stmary.example", "Priya Raman"),
    ("lucia.ibanez@hospital-sur.example", "Lucía Ibáñez"),
    ("sam.orourke@regional.example", "Sam O'Rourke"),
    ("chen.wei@north-lab.example", "Chen Wei"),
    ("c.wei@south-lab.example", "Chen Wei"),
    ("greta.holm@valley.example", "Greta Holm"),
)
"""Who registered: all of the golden files but the host and the presenter; Greta joined as “iPhone von Greta”."""
BERLIN = Answers(zone="Europe/Berlin")


def journal_club(society: Society, *, guests: int = len(GUESTS), speaker_email: str = "") -> Session:
    """The session of the golden files, held and over, with that many of its guests registered."""
    title, later = "Journal Club: Sepsis Bundles, Revisited", datetime.fromisoformat("2027-03-10T18:00")
    session = sessions.session(society, title=title, starts_local=later, capacity=10)
    for email, name in GUESTS[:guests]:
        seat(session, email, name, country=None)
    if speaker_email:
        sessions.speaker(session, speaker_email)
    session.starts_local = later.replace(year=2026)
    session.starts_at, session.ends_at = STARTS_AT, STARTS_AT.replace(hour=18)
    store.commit()
    return session


def golden(name: str) -> bytes:
    """The bytes of a golden file."""
    return (GOLDEN / name).read_bytes()


@contextmanager
def upload(content: bytes, name: str = "participants.csv") -> Iterator[Upload]:
    """Bytes as a browser sends them."""
    given = receive(BytesIO(content), name, most_bytes=10_000_000)
    with given.content:
        yield given


def read(session: Session, actor: Person, name: str = Z2, answers: Answers = BERLIN) -> Report:
    """A golden file, read into a session."""
    with upload(golden(name), name) as given:
        report = service.read_report(session, actor, given, answers)
    store.commit()
    return report


def row(session: Session, name: str) -> ReportPerson:
    """The row in review with that display name."""
    return next(each for each in reports.rows_in_review(session.id).items if each.name == name)


def seat_named(session: Session, email: str) -> Seat:
    """The seat of an address."""
    found = seat_by_email(session, email)
    assert found is not None
    return found
