"""Clocks: remembering what each release of the zone data said, and whose clocks another one changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from webinar.db.store import insert_once
from webinar.outbox import service as outbox
from webinar.sessions import queries
from webinar.sessions.facts import ClocksChanged
from webinar.sessions.models import Answer, Session, Speaker, ZoneRelease
from webinar.timekeeping import zones
from webinar.timekeeping.laws import disagreement
from webinar.timekeeping.memory import from_zone_data
from webinar.timekeeping.offsets import offsets_of

AHEAD = timedelta(days=5 * 365)
"""How far a memory reaches: longer than anybody plans, shorter than laws last."""


def remember(now: datetime, *, only_newer: bool = False) -> int | None:
    """Keep what the zone data in use says of the years after `now` (aware UTC).

    Its number, told as ClocksChanged, if another release was in use before; else None. With `only_newer`
    an older release is passed over: while servers are replaced one by one, both look every minute.
    """
    number, version = queries.newest_release()
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


def unmoved(number: int) -> Iterator[tuple[Session, frozenset[str]]]:
    """Sessions to come that stay where they were, with the zones whose clocks show another time for them
    than before the release `number` came, by current names. Raises Missing.
    """
    old, new = queries.zone_release(number - 1), queries.zone_release(number)
    found = disagreement(old.zones, new.zones, new.remembered_at)
    for session in queries.to_come(new.remembered_at) if found.zones else ():
        changed = found.at(session.starts_at)
        # Where the session's own clocks changed it has moved, and everybody hears of that.
        if changed and zones.canonical(session.zone_name) not in changed:
            yield session, changed


def speakers_in(session: Session, changed: frozenset[str]) -> list[Speaker]:
    """The speakers of a session who read times in one of some zones (current names)."""
    return [
        speaker
        for speaker in session.speakers
        if speaker.answer != Answer.DECLINED and zones.canonical(zone_of(speaker, session)) in changed
    ]


def zone_of(speaker: Speaker, session: Session) -> str:
    """The IANA zone in which a speaker reads times: their own, else the session's."""
    return (speaker.person.zone_name if speaker.person else None) or session.zone_name


def post_clock_change(
    speaker: Speaker, session: Session, was_at: datetime, was_tzdata: str, *, mark: str
) -> None:
    """Promise a speaker the mail about a start that was at `was_at` by the release `was_tzdata`.

    One mail for each `mark`.
    """
    key = f"mail:speaker_clock_change:{speaker.id}:{mark}"
    payload = {
        "speaker_id": speaker.id,
        "was_at": was_at.isoformat(),
        "starts_at": session.starts_at.isoformat(),
        "was_tzdata": was_tzdata,
    }
    outbox.post("mail.speaker_clock_change", key, payload)


@from_zone_data
@lru_cache(maxsize=4)
def _memory(since_at: datetime) -> dict[str, Any]:
    return {name: offsets_of(name, since_at, since_at + AHEAD).plain() for name in zones.pickable()}
