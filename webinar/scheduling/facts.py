"""What happens to polls, told upward."""

from dataclasses import dataclass

from webinar.outbox.facts import Fact


@dataclass(frozen=True)
class PollOpened(Fact):
    """A poll asks its voters, for the first time or again (`revision`)."""

    poll_id: int
    revision: int


@dataclass(frozen=True)
class PollTimesMoved(Fact):
    """Some times of a poll lie at other instants than before, by its zone or by new zone data."""

    poll_id: int
    revision: int


@dataclass(frozen=True)
class PollSettled(Fact):
    """A poll was closed and its session set to the chosen time."""

    poll_id: int
    revision: int
