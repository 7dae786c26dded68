"""Timing: moving a session, and deriving its instants again when zone data has changed."""

from dataclasses import dataclass
from datetime import datetime

from webinar.accounts.models import Person
from webinar.outbox import service as outbox
from webinar.refusal import Invalid
from webinar.sessions import queries
from webinar.sessions.facts import SessionChanged, SessionMoved
from webinar.sessions.models import Answer, Session, State
from webinar.sessions.rules.start import Start, When, derived, pinned
from webinar.sessions.service.change import in_play, opened, saved, version_of
from webinar.sessions.service.clocks import post_clock_change, zone_of
from webinar.sessions.service.draft import start_values
from webinar.timekeeping import clock
from webinar.timekeeping.laws import clock_change


def move(session: Session, actor: Person, when: When, *, seen_at: datetime | None = None) -> None:
    """Give a session another start, zone or length.

    A published one that starts at another instant raises its revision and is told as SessionMoved; a
    change of length or zone alone as SessionChanged. Speakers are told and asked again. Raises
    DoubtfulStart, Invalid, SavedMeanwhile, OutOfPlay.
    """
    start = pinned(when)
    opened(session, seen_at)
    in_play(session)
    if session.state == State.PUBLISHED and start.starts_at != session.starts_at <= clock.now():
        raise Invalid("This session has begun, so its start cannot move any more.", "starts_local")
    if session.state == State.PUBLISHED and start.ends_at <= clock.now():
        raise Invalid("That time lies in the past. Please choose one to come.", "starts_local")
    if start.starts_at != session.starts_at and start.starts_at <= clock.now():
        raise Invalid("That time lies in the past. Please choose one to come.", "starts_local")
    _put(session, start, actor, "session.moved")


@dataclass(frozen=True)
class Rederived:
    """A session that new zone data moved from one instant (aware UTC) to another."""

    session: Session
    was_at: datetime
    starts_at: datetime


def reinstant(now: datetime, *, only_stale: bool = False) -> tuple[Rederived, ...]:
    """Derive the instants of sessions to come after `now` (aware UTC) again; those whose start moved.

    Wall time and zone stay, as promised; a second run changes nothing. `only_stale` looks only at
    sessions derived with older zone data than that in use.
    """
    found = (_derive_again(session) for session in queries.outdated(now, only_stale=only_stale))
    return tuple(each for each in found if each)


def _derive_again(session: Session) -> Rederived | None:
    start = derived(session.starts_local, session.zone_name, session.minutes, later_fold=session.later_fold)
    if start.starts_at == session.starts_at:
        session.tzdata_version = start.tzdata_version
        return None
    session = opened(session)
    was_at, was_version = session.starts_at, session.tzdata_version
    _put(session, start, None, "session.rederived", was_version)
    return Rederived(session, was_at, start.starts_at)


def _put(
    session: Session, start: Start, actor: Person | None, action: str, was_tzdata: str | None = None
) -> None:
    values = start_values(start)
    if all(getattr(session, name) == value for name, value in values.items()):
        return
    was_at = session.starts_at
    instants = {"from": was_at.isoformat(), "to": start.starts_at.isoformat()}
    heard = _audible(session, start)
    for name, value in values.items():
        setattr(session, name, value)
    if session.starts_at != was_at:
        session.moved_from_tzdata = was_tzdata
    if heard and session.state == State.PUBLISHED:
        session.revision += 1
        if session.starts_at != was_at:
            session.moved_from_at = was_at
            outbox.tell(SessionMoved(session.id, session.revision))
        else:
            outbox.tell(SessionChanged(session.id, session.revision))
    saved(session, actor, action, zone=session.zone_name, minutes=session.minutes, **instants)
    if session.starts_at == was_at:
        return
    if was_tzdata:
        _tell_speakers_of_law(session, was_at, was_tzdata)
    else:
        _ask_speakers_again(session, was_at)


def _audible(session: Session, start: Start) -> bool:
    """Whether calendars would show something else."""
    shown = (session.starts_at, session.ends_at, session.zone_name)
    return shown != (start.starts_at, start.ends_at, start.zone_name)


def _ask_speakers_again(session: Session, was_at: datetime) -> None:
    for speaker in session.speakers:
        if speaker.answer == Answer.DECLINED:
            continue
        speaker.answer, speaker.answered_at = Answer.WAITING, None
        outbox.post(
            "mail.speaker_moved",
            f"mail:speaker_moved:{speaker.id}:{version_of(session)}",
            {
                "speaker_id": speaker.id,
                "was_at": was_at.isoformat(),
                "starts_at": session.starts_at.isoformat(),
            },
        )


def _tell_speakers_of_law(session: Session, was_at: datetime, was_tzdata: str) -> None:
    """Who confirmed a time that their clock shows still has confirmed it; others are asked again."""
    memory = queries.memory_of(was_tzdata)
    for speaker in session.speakers:
        if speaker.answer == Answer.DECLINED:
            continue
        change = clock_change(
            memory,
            zone_of(speaker, session),
            host_zone=session.zone_name,
            starts_local=session.starts_local,
            was_at=was_at,
            starts_at=session.starts_at,
        )
        if not change.is_still:
            speaker.answer, speaker.answered_at = Answer.WAITING, None
        post_clock_change(speaker, session, was_at, was_tzdata, mark=str(version_of(session)))
