"""Speakers: asking people to speak, in which order, and asking no longer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, normal_email
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.plaintext import one_line
from webinar.refusal import Invalid, Refusal
from webinar.sessions import queries
from webinar.sessions.facts import SpeakerInvited
from webinar.sessions.models import Answer, Session, Speaker, SpeakerRole
from webinar.sessions.service.change import in_play, opened, saved, version_of
from webinar.timekeeping import clock

MOST_SPEAKERS = 30
INVITED_A_DAY = 100


@dataclass(frozen=True, kw_only=True)
class Invitee:
    """Somebody to be asked. `talk_minutes` None: not agreed yet."""

    email: str
    name: str
    role: SpeakerRole = SpeakerRole.SPEAKER
    talk_title: str = ""
    talk_minutes: int | None = None


def add_speaker(session: Session, actor: Person, invitee: Invitee) -> Speaker:
    """Ask somebody to speak; they get one link for everything. Raises Invalid, OutOfPlay, TooOften."""
    opened(session)
    in_play(session)
    _check(session, invitee)
    accounts.knock("invite-speaker", str(actor.id), most=INVITED_A_DAY, within=timedelta(days=1))
    speaker = _asked(session, invitee)
    session.speakers.append(speaker)
    saved(session, actor, "session.speaker_added", role=speaker.role.value)
    outbox.tell(SpeakerInvited(speaker.id, version_of(session)))
    return speaker


def invite_again(session: Session, actor: Person, speaker: Speaker) -> None:
    """Send the invitation once more, with the same link. Raises OutOfPlay, TooOften."""
    opened(session)
    in_play(session)
    accounts.knock("invite-speaker", str(actor.id), most=INVITED_A_DAY, within=timedelta(days=1))
    speaker.invited_at = clock.now()
    saved(session, actor, "session.speaker_reminded", speaker=speaker.id)
    outbox.tell(SpeakerInvited(speaker.id, version_of(session)))


def remove_speaker(session: Session, actor: Person, speaker: Speaker) -> None:
    """Take somebody off the list; their link dies. Raises Refusal where they have uploaded slides."""
    opened(session)
    speaker_id = speaker.id
    try:
        with store.begin_nested():
            session.speakers.remove(speaker)
            store.flush()
    except IntegrityError as kept:
        # A later room holds something of theirs (slides), which a click must not throw away.
        store.refresh(session)
        raise Refusal(f"{speaker.name} has uploaded slides, so the record stays.") from kept
    _number(session)
    saved(session, actor, "session.speaker_removed", speaker=speaker_id)


def reorder(session: Session, actor: Person, speaker: Speaker, *, by: int) -> None:
    """Move a speaker in the running order: `by` -1 one place earlier, +1 one later."""
    opened(session)
    order = list(session.speakers)
    place = order.index(speaker)
    order.insert(max(0, place + by), order.pop(place))
    for number, each in enumerate(order, start=1):
        each.position = number
    saved(session, actor, "session.speaker_order")
    store.expire(session, ["speakers"])


def ask_again(hour: Session, was_at: datetime | None) -> None:
    """Ask everybody who has not declined anew, after a live hour moved from `was_at` (aware UTC) or was added."""
    kind = "speaker_moved" if was_at else "speaker_hour"
    for speaker in hour.lead.speakers:
        if speaker.answer == Answer.DECLINED:
            continue
        speaker.answer, speaker.answered_at = Answer.WAITING, None
        payload = {"speaker_id": speaker.id, "session_id": hour.id, "starts_at": hour.starts_at.isoformat()}
        if was_at:
            payload["was_at"] = was_at.isoformat()
        own = "" if hour.twin_of_id is None else f"{hour.id}:"
        outbox.post(f"mail.{kind}", f"mail:{kind}:{speaker.id}:{own}{version_of(hour)}", payload)


def _check(session: Session, invitee: Invitee) -> None:
    if not one_line(invitee.name):
        raise Invalid("Please give the speaker's name.", "name")
    if normal_email(invitee.email) in {speaker.email for speaker in session.speakers}:
        raise Invalid("This address is asked already.", "email")
    if len(session.speakers) >= MOST_SPEAKERS:
        raise Invalid(f"A session has at most {MOST_SPEAKERS} speakers.", "email")
    if invitee.talk_minutes is not None and not 1 <= invitee.talk_minutes <= session.minutes:
        raise Invalid(
            f"A talk lasts from 1 to {session.minutes} minutes, the length of the session.", "talk_minutes"
        )


def _asked(session: Session, invitee: Invitee) -> Speaker:
    nonce, token_hash = accounts.minted(TokenKind.TALK)
    person = accounts.known_person(invitee.email, invitee.name)
    known = queries.last_talk(session.society_id, normal_email(invitee.email))
    return Speaker(
        session_id=session.id,
        person_id=person.id,
        email=normal_email(invitee.email),
        name=one_line(invitee.name),
        affiliation=known.affiliation if known else "",
        bio=known.bio if known else "",
        role=invitee.role,
        position=len(session.speakers) + 1,
        talk_title=one_line(invitee.talk_title),
        talk_minutes=invitee.talk_minutes,
        nonce=nonce,
        token_hash=token_hash,
        invited_at=clock.now(),
        answer=Answer.WAITING,
    )


def _number(session: Session) -> None:
    for number, speaker in enumerate(session.speakers, start=1):
        speaker.position = number
