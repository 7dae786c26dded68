"""Publication: making a session public, and calling it off."""

from collections.abc import Sequence
from datetime import datetime

from webinar.accounts.models import Person
from webinar.outbox import service as outbox
from webinar.plaintext import one_line
from webinar.refusal import Invalid, Refusal
from webinar.sessions import queries
from webinar.sessions.facts import SessionCancelled, SessionPublished
from webinar.sessions.models import Answer, Session, State
from webinar.sessions.rules.preflight import Check, SessionFacts, SpeakerFacts, blockers, preflight
from webinar.sessions.service.change import OutOfPlay, heard, opened_hours, saved, some_in_play
from webinar.timekeeping import clock

LONGEST_REASON = 500


class NotReady(Refusal):
    """Pre-flight blockers stand; `checks` holds them."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = tuple(checks)
        super().__init__(" ".join(check.sentence for check in checks))


def publish(session: Session, actor: Person) -> None:
    """Make a draft public, with all its live hours; harmless twice.

    Raises NotReady while blockers stand, OutOfPlay.
    """
    hours = opened_hours(session)
    lead = hours[0]
    some_in_play(hours)
    if lead.state == State.PUBLISHED:
        return
    standing = blockers(preflight(facts_of(lead), clock.now()))
    if standing:
        raise NotReady(standing)
    for hour in hours:
        hour.state, hour.published_at = State.PUBLISHED, clock.now()
        saved(hour, actor, "session.published")
    outbox.tell(SessionPublished(lead.id, lead.revision))


def cancel(session: Session, actor: Person, because: str) -> None:
    """Call a session off with all live hours still to end, for a reason that people will read; harmless twice.

    Raises Invalid without a reason, OutOfPlay once it was held.
    """
    reason = one_line(because)
    if not reason:
        raise Invalid("Please say why: everybody who registered will read it.", "because")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Please keep the reason to {LONGEST_REASON} characters.", "because")
    hours = opened_hours(session)
    if all(hour.state == State.CANCELLED for hour in hours):
        return
    ahead = [hour for hour in hours if not _is_held(hour)]
    if not ahead:
        raise OutOfPlay("This session has taken place, so it cannot be cancelled any more.")
    for hour in ahead:
        _call_off(hour, actor, reason)
    _tell_speakers(ahead[0])


def _is_held(session: Session) -> bool:
    return session.state == State.PUBLISHED and session.ends_at <= clock.now()


def _call_off(session: Session, actor: Person, reason: str) -> None:
    was_public = session.state == State.PUBLISHED
    session.state, session.cancelled_at, session.cancelled_because = State.CANCELLED, clock.now(), reason
    heard(session)
    saved(session, actor, "session.cancelled")
    if was_public:
        outbox.tell(SessionCancelled(session.id, session.revision))


def is_ready(session: Session, now: datetime) -> bool:
    """Whether this is a draft, and nothing stands in the way of publishing it at `now`."""
    return session.state == State.DRAFT and not blockers(preflight(facts_of(session), now))


def facts_of(session: Session, *, has_link: bool | None = None, decks: int | None = None) -> SessionFacts:
    """A session as the pre-flight list sees it; link and decks are counted by later rooms."""
    second = queries.other_hour(session)
    return SessionFacts(
        starts_at=session.starts_at,
        second_at=second.starts_at if second else None,
        window=(session.window_opens_at, session.window_closes_at)
        if session.window_opens_at and session.window_closes_at
        else None,
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
    for speaker in session.lead.speakers:
        if speaker.answer != Answer.DECLINED:
            key = f"mail:speaker_cancelled:{speaker.id}:{session.revision}"
            outbox.post("mail.speaker_cancelled", key, {"speaker_id": speaker.id})
