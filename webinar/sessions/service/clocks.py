"""Clocks: remembering what each release of the zone data said, and whose clocks another one changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from webinar.db.store import insert_once, store
from webinar.outbox import service as outbox
from webinar.refusal import Missing
from webinar.sessions import queries
from webinar.sessions.facts import ClocksChanged
from webinar.sessions.models import Answer, Session, Speaker, ZoneRelease
from webinar.sessions.service.change import version_of
from webinar.timekeeping import zones
from webinar.timekeeping.laws import clock_change, disagreement
from webinar.timekeeping.memory import from_zone_data
from webinar.timekeeping.offsets import offsets_of

AHEAD = timedelta(days=5 * 365)
"""How far a memory reaches: longer than anybody plans, shorter than laws last."""


def remember(now: datetime, *, only_newer: bool = False) -> int | None:
    """Keep what the zone data in use says of the years after `now` (aware UTC).

    Its number, told as ClocksChanged, if another release was in use before; else None. With `only_newer`
    an older release is passed over: while servers are replaced one by one, both look every minute.
    """
    number, version = newest_release()
    if version == zones.release() or (only_newer and version > zones.release()):
        return None
    values = {
        "number": number + 1,
        "version": zones.release(),
        "remembered_at": now,
        "zones": _memory(datetime.combine(now.astimezone(UTC).date(), time(), UTC)),
    }
    if not insert_once(ZoneRelease, values, ["number"]) or not number:
        return None
    outbox.tell(ClocksChanged(number + 1))
    return number + 1


def newest_release() -> tuple[int, str]:
    """Number and version of the zone data that was remembered last; (0, "") before the first."""
    newest = select(ZoneRelease.number, ZoneRelease.version).order_by(ZoneRelease.number.desc()).limit(1)
    found = store.execute(newest).first()
    return (found.number, found.version) if found else (0, "")


def zone_release(number: int) -> ZoneRelease:
    """A remembered release by its number. Raises Missing."""
    found = store.get(ZoneRelease, number)
    if found is None:
        raise Missing
    return found


def memory_of(version: str) -> dict[str, Any] | None:
    """What was remembered last of a release such as "2026b"; None if it never was in use here."""
    kept = select(ZoneRelease.zones).where(ZoneRelease.version == version)
    return store.scalar(kept.order_by(ZoneRelease.number.desc()).limit(1))


def unmoved(number: int) -> Iterator[tuple[Session, frozenset[str]]]:
    """Sessions to come that stay where they were, with the zones whose clocks show another time for them
    than before the release `number` came, by current names. Raises Missing.
    """
    old, new = zone_release(number - 1), zone_release(number)
    found = disagreement(old.zones, new.zones, new.remembered_at)
    for session in queries.outdated(new.remembered_at, only_stale=False) if found.zones else ():
        changed = found.at(session.starts_at) if session.starts_at > new.remembered_at else frozenset()
        # Where the session's own clocks changed it has moved, and everybody hears of that.
        if changed and zones.canonical(session.zone_name) not in changed:
            yield session, changed


def speakers_in(session: Session, changed: frozenset[str]) -> list[Speaker]:
    """The speakers of a session who read times in one of some zones (current names)."""
    return [
        speaker
        for speaker in session.lead.speakers
        if speaker.answer != Answer.DECLINED and zones.canonical(zone_of(speaker, session)) in changed
    ]


def zone_of(speaker: Speaker, session: Session) -> str:
    """The IANA zone in which a speaker reads times: their own, else the session's."""
    return (speaker.person.zone_name if speaker.person else None) or session.zone_name


def tell_speakers_of_law(hour: Session, was_at: datetime, was_tzdata: str) -> None:
    """Tell the speakers of a live hour that new zone data moved it from `was_at` (aware UTC).

    Who confirmed a time that their clock still shows has confirmed it; others are asked again.
    """
    memory = memory_of(was_tzdata)
    for speaker in hour.lead.speakers:
        if speaker.answer == Answer.DECLINED:
            continue
        change = clock_change(
            memory,
            zone_of(speaker, hour),
            host_zone=hour.zone_name,
            starts_local=hour.starts_local,
            was_at=was_at,
            starts_at=hour.starts_at,
        )
        if not change.is_still:
            speaker.answer, speaker.answered_at = Answer.WAITING, None
        post_clock_change(speaker, hour, was_at, was_tzdata, mark=str(version_of(hour)))


def post_clock_change(
    speaker: Speaker, session: Session, was_at: datetime, was_tzdata: str, *, mark: str
) -> None:
    """Promise a speaker the mail about a start that was at `was_at` by the release `was_tzdata`.

    One mail for each `mark`.
    """
    key = f"mail:speaker_clock_change:{speaker.id}:{session.id}:{mark}"
    payload = {
        "speaker_id": speaker.id,
        "session_id": session.id,
        "was_at": was_at.isoformat(),
        "starts_at": session.starts_at.isoformat(),
        "was_tzdata": was_tzdata,
    }
    outbox.post("mail.speaker_clock_change", key, payload)


@from_zone_data
@lru_cache(maxsize=4)
def _memory(since_at: datetime) -> dict[str, Any]:
    return {name: offsets_of(name, since_at, since_at + AHEAD).plain() for name in zones.pickable()}
