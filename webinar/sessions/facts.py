"""What happens to sessions and speakers, told upward."""

from dataclasses import dataclass

from webinar.outbox.facts import Fact


@dataclass(frozen=True)
class SessionPublished(Fact):
    """A draft became public."""

    session_id: int
    revision: int


@dataclass(frozen=True)
class SessionMoved(Fact):
    """A published session starts at another instant, by an organiser's wish or by new zone data."""

    session_id: int
    revision: int


@dataclass(frozen=True)
class ClocksChanged(Fact):
    """Other zone data is in use than before; `number` is the ZoneRelease that came."""

    number: int


@dataclass(frozen=True)
class SessionChanged(Fact):
    """Something that people wrote down has changed: title, length or place, not the start."""

    session_id: int
    revision: int


@dataclass(frozen=True)
class SessionCancelled(Fact):
    """A published session will not take place."""

    session_id: int
    revision: int


@dataclass(frozen=True)
class CapacityRaised(Fact):
    """A published session has more seats than before; `version` tells one raise from the next."""

    session_id: int
    version: int


@dataclass(frozen=True)
class SeriesSplit(Fact):
    """The later sessions of a series became those of another, the follower."""

    series_id: int
    follower_id: int


@dataclass(frozen=True)
class SpeakerInvited(Fact):
    """Somebody was asked to speak, or asked again (`version`)."""

    speaker_id: int
    version: int


@dataclass(frozen=True)
class SpeakerAnswered(Fact):
    """A speaker answered about the time (`version` rises with each answer)."""

    speaker_id: int
    version: int


@dataclass(frozen=True)
class SessionSaved(Fact):
    """A session was saved, whatever changed; only noted, never posted as a letter."""

    session_id: int


@dataclass(frozen=True)
class SeriesSaved(Fact):
    """A series was planned, or its name or description changed; only noted."""

    series_id: int
