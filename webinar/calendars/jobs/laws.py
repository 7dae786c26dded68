"""Clock changes by law, told to seats: where the session moved with them, and where only one's own did."""

from sqlalchemy import Text, cast, literal, select

from webinar.calendars.jobs.letter import as_reader, letter, method_of, present
from webinar.calendars.pages.session import zone_of
from webinar.calendars.queries.told import told_of_clocks
from webinar.outbox import service as outbox
from webinar.outbox.models import Letter
from webinar.outbox.port import Due, Errand, Opened, Useless
from webinar.registration.models import Seat
from webinar.sessions.facts import ClocksChanged
from webinar.sessions.models import Session, State
from webinar.sessions.service import clocks
from webinar.sessions.service.clocks import memory_of, zone_release
from webinar.timekeeping import clock
from webinar.timekeeping.laws import clock_change
from webinar.web.law_words import law_words


def mail_clocks(fact: ClocksChanged) -> None:
    """Tell everybody whose own clock changed for a session that did not move."""
    for session, changed in clocks.unmoved(fact.number):
        if session.state is State.PUBLISHED:
            _post_each(session, changed, fact.number)


def _post_each(session: Session, changed: frozenset[str], number: int) -> None:
    """One letter per seat in one statement, keyed by release, session and seat."""
    key = literal(f"mail:clock_change:{session.id}:{number}:", Text) + cast(Seat.id, Text)
    payload = outbox.payload_of(
        seat_id=Seat.id, number=literal(number), starts_at=literal(session.starts_at.isoformat(), Text)
    )
    due_at = literal(clock.now(), Letter.due_at.type)
    seats = select(key, payload, due_at).where(told_of_clocks(session.id, changed))
    outbox.post_each("mail.clock_change", seats)


def open_clock_change(due: Due) -> Opened:
    """The session stays, one's clock does not; useless once it moved or the reader lives elsewhere."""
    seat = present(due, State.PUBLISHED)
    if isinstance(seat, Useless):
        return seat
    if seat.session.starts_at.isoformat() != due.payload["starts_at"]:
        return Useless("the session has moved since")
    number = due.payload["number"]
    return clock_letter(due, seat, zone_release(number - 1).version, zone_release(number).version)


def clock_letter(due: Due, seat: Seat, was_tzdata: str, release: str) -> Errand:
    """The mail about a start that stood elsewhere, or showed as another time, by the release `was_tzdata`."""
    session = seat.session
    moved = session.moved_from_tzdata == was_tzdata and session.moved_from_at is not None
    change = clock_change(
        memory_of(was_tzdata),
        zone_of(seat),
        host_zone=session.zone_name,
        starts_local=session.starts_local,
        was_at=session.moved_from_at if moved and session.moved_from_at else session.starts_at,
        starts_at=session.starts_at,
    )
    with as_reader(seat, due.now):
        words = law_words(change, session.lead.title, release)
    return letter("clock_change", due, seat, method=method_of(seat), words=words)
