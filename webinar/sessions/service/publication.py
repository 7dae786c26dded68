"""Publication: making a session public, and calling it off."""

from collections.abc import Sequence
from datetime import datetime

from webinar.accounts.models import Person
from webinar.outbox import service as outbox
from webinar.plaintext import one_line
from webinar.refusal import Invalid, Refusal
from webinar.sessions.facts import SessionCancelled, SessionPublished
from webinar.sessions.models import Answer, Session, State
from webinar.sessions.rules.preflight import Check, SessionFacts, SpeakerFacts, blockers, preflight
from webinar.sessions.service.change import OutOfPlay, heard, in_play, opened, saved
from webinar.timekeeping import clock

LONGEST_REASON = 500


class NotReady(Refusal):
    """Pre-flight blockers stand; `checks` holds them."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = tuple(checks)
        super().__init__(" ".join(check.sentence for check in checks))


def publish(session: Session, actor: Person) -> None:
    """Make a draft public; harmless twice. Raises NotReady while blockers stand, OutOfPlay."""
    opened(session)
    in_play(session)
    if session.state == State.PUBLISHED:
        return
    standing = blockers(preflight(facts_of(session), clock.now()))
    if standing:
        raise NotReady(standing)
    session.state, session.published_at = State.PUBLISHED, clock.now()
    saved(session, actor, "session.published")
    outbox.tell(SessionPublished(session.id, session.revision))


def cancel(session: Session, actor: Person, because: str) -> None:
    """Call a session off, for a reason that people will read; harmless twice.

    Raises Invalid without a reason, OutOfPlay once it was held.
    """
    reason = one_line(because)
    if not reason:
        raise Invalid("Please say why: everybody who registered will read it.", "because")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Please keep the reason to {LONGEST_REASON} characters.", "because")
    opened(session)
    if session.state == State.CANCELLED:
        return
    if session.state == State.PUBLISHED and session.ends_at <= clock.now():
        raise OutOfPlay("This session has taken place, so it cannot be cancelled any more.")
    was_public = session.state == State.PUBLISHED
    session.state, session.cancelled_at, session.cancelled_because = State.CANCELLED, clock.now(), reason
    heard(session)
    saved(session, actor, "session.cancelled")
    if was_public:
        outbox.tell(SessionCancelled(session.id, session.revision))
    _tell_speakers(session)


def is_ready(session: Session, now: datetime) -> bool:
    """Whether this is a draft, and nothing stands in the way of publishing it at `now`."""
    return session.state == State.DRAFT and not blockers(preflight(facts_of(session), now))


def facts_of(session: Session, *, has_link: bool | None = None, decks: int | None = None) -> SessionFacts:
    """A session as the pre-flight list sees it; link and decks are counted by later rooms."""
    return SessionFacts(
        starts_at=session.starts_at,
        minutes=session.minutes,
        abstract=session.abstract,
        objectives=len(session.objectives),
        credit=session.credit_scheme is not None,
        speakers=[
            SpeakerFacts(s.name, s.answer.value, s.disclosed_at, s.recording_consent)
            for s in session.speakers
        ],
        has_link=has_link,
        decks=decks,
    )


def _tell_speakers(session: Session) -> None:
    for speaker in session.speakers:
        if speaker.answer != Answer.DECLINED:
            key = f"mail:speaker_cancelled:{speaker.id}:{session.revision}"
            outbox.post("mail.speaker_cancelled", key, {"speaker_id": speaker.id})
