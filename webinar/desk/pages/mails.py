"""What was mailed about a session, what will be, and what could not be delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.desk import queries
from webinar.desk.queries import MailTally
from webinar.outbox.models import Letter, LetterState
from webinar.registration.models import Seat
from webinar.registration.queries.seats import Counts
from webinar.reminders.rules import OFFSETS
from webinar.sessions.models import Session, Speaker, State
from webinar.web.sizes import amount, people

KINDS = {
    "mail.published": "Published",
    "mail.registered": "Registered, with the calendar entry",
    "mail.waiting": "On the waiting list",
    "mail.seat_offered": "A seat is free",
    "mail.given_back": "Place given back",
    "mail.moved": "Moved to another time",
    "mail.changed": "Details changed",
    "mail.cancelled": "Cancelled",
    "mail.new_room": "New room for the same link",
    "mail.reminder": "Reminder",
    "mail.asked_again": "Asked again: the answer was to an earlier time",
    "mail.counter_declined": "Another time refused",
    "mail.seat_again": "How to have the place back",
    "mail.speaker_invited": "Invitation to speak",
    "mail.speaker_confirmed": "Speaker confirmed",
    "mail.speaker_answered": "A speaker’s answer, to you",
    "mail.speaker_moved": "Moved, to speakers",
    "mail.speaker_cancelled": "Cancelled, to speakers",
    "mail.talk_open": "Things left before the talk",
    "mail.certificate": "Certificate",
    "mail.invitation": "Invitation to the team",
}
STATES = {
    LetterState.SENT: ("ok", "sent"),
    LetterState.PENDING: ("info", "waiting to be sent"),
    LetterState.SENDING: ("info", "being sent"),
    LetterState.DEAD: ("live", "could not be delivered"),
    LetterState.MISSED: ("ended", "not sent: no longer useful"),
}


@dataclass(frozen=True)
class Stop:
    """One stop of the timeline, for components/list.html; `at` aware UTC."""

    at: datetime
    title: str
    more: str
    state: str
    kind: str


@dataclass(frozen=True)
class Parked:
    """A letter that was given up: what, to whom, why, after how many tries, since when (aware UTC)."""

    letter_id: int
    what: str
    to: str
    session: str
    why: str
    tries: int
    at: datetime


def timeline(
    session: Session, tallies: Sequence[MailTally], counts: Counts, now: datetime
) -> tuple[Stop, ...]:
    """What was sent by kind, then what will be; the earliest first."""
    done = [_stop(tally) for tally in tallies]
    return tuple(sorted([*done, *_to_come(session, counts, now)], key=lambda stop: stop.at))


def parked_rows(letters: Sequence[Letter], society_id: int) -> tuple[Parked, ...]:
    """Those of the given-up letters that concern one society."""
    known = _known(letters)
    found = [(letter, known.about(letter)) for letter in letters]
    return tuple(
        _parked(letter, about) for letter, about in found if about and about.society_id == society_id
    )


def kind_words(kind: str) -> str:
    """What a letter is, in words; work behind the scenes has no name of its own."""
    return _(KINDS[kind]) if kind in KINDS else _("Work behind the scenes")


@dataclass(frozen=True)
class About:
    """Whom and what a letter concerns."""

    society_id: int
    session: str
    to: str


@dataclass(frozen=True)
class Known:
    """Seats, speakers and sessions that letters name by their ids."""

    seats: Mapping[int, Seat]
    speakers: Mapping[int, Speaker]
    sessions: Mapping[int, Session]

    def about(self, letter: Letter) -> About | None:
        """Whom a letter concerns; None where it names nobody that we know."""
        if seat := self.seats.get(letter.payload.get("seat_id", 0)):
            return About(seat.session.society_id, seat.session.title, f"{seat.name} <{seat.person.email}>")
        if speaker := self.speakers.get(letter.payload.get("speaker_id", 0)):
            session = self.sessions[speaker.session_id]
            return About(session.society_id, session.title, f"{speaker.name} <{speaker.email}>")
        if found := self.sessions.get(letter.payload.get("session_id", 0)):
            return About(found.society_id, found.title, "")
        return None


def _known(letters: Sequence[Letter]) -> Known:
    def ids(name: str) -> set[int]:
        return {letter.payload[name] for letter in letters if isinstance(letter.payload.get(name), int)}

    speakers = queries.speakers(ids("speaker_id"))
    named = ids("session_id") | {speaker.session_id for speaker in speakers.values()}
    return Known(queries.seats(ids("seat_id")), speakers, queries.sessions(named))


def _stop(tally: MailTally) -> Stop:
    kind, words = STATES[tally.state]
    state = f"{amount(tally.count)} {_(words)}"
    return Stop(tally.last_at, kind_words(tally.kind), "", state, kind)


def _to_come(session: Session, counts: Counts, now: datetime) -> list[Stop]:
    if session.state is not State.PUBLISHED:
        return []
    to = _("to %(people)s with a place", people=people(counts.confirmed))
    return [
        Stop(session.starts_at - before, _reminder_words(before), to, _("planned"), "info")
        for before in (timedelta(minutes=minutes) for minutes in OFFSETS)
        if session.starts_at - before > now
    ]


def _reminder_words(before: timedelta) -> str:
    hours = before // timedelta(hours=1)
    if hours:
        return ngettext("Reminder, %(num)s hour before", "Reminder, %(num)s hours before", hours)
    return _("Reminder as the doors open")


def _parked(letter: Letter, about: About) -> Parked:
    return Parked(
        letter_id=letter.id,
        what=kind_words(letter.kind),
        to=about.to,
        session=about.session,
        why=letter.note or _("no reason is known"),
        tries=letter.attempts,
        at=letter.done_at or letter.due_at,
    )
