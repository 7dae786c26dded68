"""What happens to credit, told upward."""

from dataclasses import dataclass

from webinar.outbox.facts import Fact


@dataclass(frozen=True)
class CreditAwarded(Fact):
    """A computation was put on record for one seat; its credit may be nothing."""

    award_id: int


@dataclass(frozen=True)
class CreditSuperseded(Fact):
    """An award was replaced by a newer one (`superseded_by_id`), which is told by itself."""

    award_id: int
