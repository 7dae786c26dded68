"""What happens to slides, told upward."""

from dataclasses import dataclass

from webinar.outbox.facts import Fact


@dataclass(frozen=True)
class SlidesUploaded(Fact):
    """A new version of a speaker's slides is there; `late` says that it missed the deadline."""

    deck_id: int
    late: bool


@dataclass(frozen=True)
class SlidesWithdrawn(Fact):
    """A version of a speaker's slides was taken back."""

    deck_id: int
