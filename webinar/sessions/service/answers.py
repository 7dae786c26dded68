"""Answers: what speakers say about their time, themselves, their interests and the recording."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webinar.audit import service as audit
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.plaintext import clean_text, one_line
from webinar.refusal import Invalid, Refusal
from webinar.sessions import queries
from webinar.sessions.facts import SpeakerAnswered
from webinar.sessions.models import Answer, Disclosure, Session, Speaker, State
from webinar.timekeeping import clock


class NothingToAnswer(Refusal):
    """The session was cancelled or has been held."""


@dataclass(frozen=True)
class Profile:
    """What a speaker tells of themselves and their talk."""

    name: str
    affiliation: str = ""
    bio: str = ""
    talk_title: str = ""


def answer(speaker: Speaker, said: Answer, *, note: str = "", instead: str = "") -> None:
    """Answer about the time: confirmed, another time (with a `note`), or declined (`instead`: whom to ask).

    The answer can be changed until the session begins. Raises Invalid, NothingToAnswer.
    """
    session = _open_session(speaker)
    if said == Answer.WAITING:
        raise Invalid("Please choose one of the three answers.", "answer")
    words = clean_text(note).strip()
    if said == Answer.OTHER_TIME and not words:
        raise Invalid("Please say which times would suit you, with your city.", "note")
    if said == Answer.DECLINED and one_line(instead):
        words = "\n".join(filter(None, [words, f"Ask instead: {one_line(instead)}"]))
    if said == Answer.CONFIRMED:
        words = ""
    if (speaker.answer, speaker.answer_note) == (said, words):
        return
    speaker.answer, speaker.answer_note = said, words
    speaker.answered_at = _later_than(speaker.answered_at)
    _record(speaker, session, "speaker.answered", answer=said.value)
    outbox.tell(SpeakerAnswered(speaker.id, _version(speaker)))


def confirm_by_poll(speaker: Speaker) -> None:
    """Count a yes in a poll as the answer about the time; whoever closed the poll knows it already."""
    session = _open_session(speaker)
    if speaker.answer == Answer.CONFIRMED:
        return
    speaker.answer, speaker.answer_note = Answer.CONFIRMED, ""
    speaker.answered_at = _later_than(speaker.answered_at)
    _record(speaker, session, "speaker.answered", answer=Answer.CONFIRMED.value, by_poll=True)


def describe(speaker: Speaker, profile: Profile) -> None:
    """Keep a speaker's own words about themselves and the talk. Raises Invalid without a name."""
    session = queries.session_of_id(speaker.session_id)
    name = one_line(profile.name)
    if not name:
        raise Invalid("Please give your name as it should appear on the programme.", "name")
    speaker.name = name
    speaker.affiliation = one_line(profile.affiliation)
    speaker.bio = clean_text(profile.bio).strip()
    speaker.talk_title = one_line(profile.talk_title)
    _record(speaker, session, "speaker.described")


def disclose(speaker: Speaker, declared: Disclosure, text: str = "") -> None:
    """Declare relevant financial relationships of the last 24 months: none, or listed in `text`."""
    session = queries.session_of_id(speaker.session_id)
    words = clean_text(text).strip()
    if declared == Disclosure.LISTED and not words:
        raise Invalid("Please list the relationships, one per line.", "disclosure_text")
    speaker.disclosure, speaker.disclosed_at = declared, clock.now()
    speaker.disclosure_text = words if declared == Disclosure.LISTED else ""
    _record(speaker, session, "speaker.disclosed", disclosure=declared.value)


def consent(speaker: Speaker, agreed: bool) -> None:
    """Agree to the recording, or refuse or withdraw that; possible at any time, also afterwards."""
    session = queries.session_of_id(speaker.session_id)
    if speaker.recording_consent == agreed:
        return
    speaker.recording_consent, speaker.consented_at = agreed, clock.now()
    _record(speaker, session, "speaker.consented", agreed=agreed)


def _open_session(speaker: Speaker) -> Session:
    session = queries.session_of_id(speaker.session_id)
    if session.state == State.CANCELLED:
        raise NothingToAnswer("This session was cancelled; there is nothing left to answer. Thank you.")
    if session.ends_at <= clock.now():
        raise NothingToAnswer("This session has taken place; there is nothing left to answer. Thank you.")
    return session


def _record(speaker: Speaker, session: Session, action: str, **detail: str | bool) -> None:
    audit.record(
        action,
        "speaker",
        speaker.id,
        actor_id=speaker.person_id,
        society_id=session.society_id,
        detail=detail,
    )
    store.flush()


def _later_than(before: datetime | None) -> datetime:
    # Two answers are two facts, however fast they follow each other.
    return max(clock.now(), before + timedelta(microseconds=1)) if before else clock.now()


def _version(speaker: Speaker) -> int:
    return int(speaker.answered_at.timestamp() * 1_000_000) if speaker.answered_at else 0
