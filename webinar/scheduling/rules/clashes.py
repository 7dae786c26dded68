"""Clashes: somebody or something that would have to be in two places at once, and speakers at night."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from webinar.timekeeping.intervals import Interval
from webinar.timekeeping.wall import day_words, local_of
from webinar.timekeeping.wording import Band, judge
from webinar.timekeeping.zones import ZoneName, city

NOT_OURS = ""
"""The title of a session that the reader may not know of: another society's draft."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another session: its title (or NOT_OURS), its society's name ("" for the reader's own), aware instants."""

    title: str
    society: str
    start_at: datetime
    end_at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """Somebody who speaks at another session."""

    speaker: str
    at: Elsewhere


@dataclass(frozen=True, slots=True)
class SpeakerPlace:
    """Where somebody speaks from, as far as we know, and whether they have said yes to the time."""

    name: str
    zone_name: ZoneName
    confirmed: bool


def overlap(span: Interval, other: Elsewhere) -> bool:
    """Whether another session shares an instant; exactly equal times do, touching ends do not."""
    return span.overlaps(Interval(other.start_at, other.end_at))


def double_booked(span: Interval, host: ZoneName, talks: Iterable[Talk]) -> tuple[str, ...]:
    """A sentence for each speaker and other session at the same time; times as in the zone `host`."""
    return tuple(
        f"{talk.speaker} also speaks at {_named(talk.at, host, 'another session of theirs')} at the same time. "
        "Ask where they will be, or choose another time."
        for talk in talks
        if overlap(span, talk.at)
    )


def at_night(span: Interval, speakers: Iterable[SpeakerPlace]) -> tuple[str, ...]:
    """A sentence for each speaker for whom any of the session lies between 23:00 and 07:00."""
    return tuple(_night(span, each) for each in speakers if is_night(span, each.zone_name))


def is_night(span: Interval, zone_name: ZoneName) -> bool:
    """Whether any part of a session lies at night in a zone."""
    _, band = judge(local_of(span.start, zone_name), local_of(span.end, zone_name))
    return band is Band.NIGHT


def room_busy(span: Interval, host: ZoneName, others: Iterable[Elsewhere]) -> tuple[str, ...]:
    """A sentence for each session that uses the same room at the same time."""
    return tuple(
        f"The room is also used by {_named(other, host, 'another session')} at the same time, and one licence "
        "holds one session. Use another room or another time."
        for other in others
        if overlap(span, other)
    )


def same_audience(
    span: Interval, host: ZoneName, others: Iterable[Elsewhere], *, dated: bool = False
) -> tuple[str, ...]:
    """A sentence for each session of the society, or of one it follows, at the same time.

    `dated` begins it with the date, for lists of many sessions.
    """
    on = f"{day_words(local_of(span.start, host))}: " if dated else ""
    return tuple(
        f"{on}{_named(other, host, 'Another session')} takes place at the same time: people may have to choose."
        for other in others
        if overlap(span, other)
    )


def _night(span: Interval, speaker: SpeakerPlace) -> str:
    start, end = local_of(span.start, speaker.zone_name), local_of(span.end, speaker.zone_name)
    hours = f"{start:%H:%M}–{end:%H:%M} in {city(speaker.zone_name)}"
    if speaker.confirmed:
        return f"It is night for {speaker.name}, {hours}; they have agreed to the time."
    return f"It is night for {speaker.name}, {hours}. Ask whether that suits, or choose another time."


def _named(other: Elsewhere, host: ZoneName, unnamed: str) -> str:
    if other.title == NOT_OURS:
        return unnamed
    of_society = f"{other.society}, " if other.society else ""
    start, end = local_of(other.start_at, host), local_of(other.end_at, host)
    return f"“{other.title}” ({of_society}{start:%H:%M}–{end:%H:%M} in {city(host)})"
