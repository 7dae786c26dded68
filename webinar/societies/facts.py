"""What happens in societies, told upward."""

from dataclasses import dataclass

from webinar.outbox.facts import Fact


@dataclass(frozen=True)
class MemberInvited(Fact):
    """Somebody was invited to a role, or invited again (`version`)."""

    invitation_id: int
    version: int


@dataclass(frozen=True)
class SocietyFounded(Fact):
    """A society was created."""

    society_id: int
