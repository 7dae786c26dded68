"""Surroundings: what rooms know about the time of a session, gathered in a fixed number of questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webinar.meetings.models import Room
from webinar.meetings.queries import in_same_room
from webinar.registration.queries.audience import Audience, audience_of, zones_of_people
from webinar.scheduling.queries.elsewhere import as_seen_by, other_talks, same_audience
from webinar.scheduling.rules.clashes import Elsewhere, SpeakerPlace, Talk
from webinar.sessions.models import Answer, Session, State
from webinar.sessions.queries import series_starts
from webinar.timekeeping.intervals import Interval
from webinar.timekeeping.zones import ZoneName


@dataclass(frozen=True)
class Surroundings:
    """What stands around one session; `host` is its zone, `series_starts` are instants with their zones."""

    span: Interval
    host: ZoneName
    audience: Audience
    series_starts: Sequence[tuple[datetime, ZoneName]]
    talks: Sequence[Talk]
    speakers: Sequence[SpeakerPlace]
    in_room: Sequence[Elsewhere]
    same_audience: Sequence[Elsewhere]


def is_settled(session: Session, now: datetime) -> bool:
    """Whether nothing about its time can be advised any more at `now` (aware UTC)."""
    return session.state is State.CANCELLED or session.starts_at <= now


def surroundings(session: Session, room: Room | None, span: Interval | None = None) -> Surroundings:
    """What stands around a session whose video room is `room`, or would if it took place in `span`."""
    society_id, span = session.society_id, span or Interval(session.starts_at, session.ends_at)
    rooms = in_same_room(room, session, span) if room else ()
    return Surroundings(
        span=span,
        host=session.zone_name,
        audience=audience_of(society_id, session.series_id),
        series_starts=series_starts(session.series_id) if session.series_id else (),
        talks=other_talks(session, span),
        speakers=_places(session),
        in_room=[as_seen_by(society_id, other) for other in rooms],
        same_audience=same_audience(society_id, span.start, span.end, besides=[session.id]),
    )


def _places(session: Session) -> list[SpeakerPlace]:
    """Where the speakers are, of whom a zone is known; not those who declined."""
    asked = [speaker for speaker in session.speakers if speaker.answer is not Answer.DECLINED]
    zones = zones_of_people([speaker.person_id for speaker in asked if speaker.person_id])
    return [
        SpeakerPlace(speaker.name, zones[speaker.person_id], speaker.answer is Answer.CONFIRMED)
        for speaker in asked
        if speaker.person_id in zones
    ]
