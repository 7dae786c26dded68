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


@dataclass(frozen=True)
class SocietySaved(Fact):
    """What a society says of itself has changed; only noted, never posted as a letter."""

    society_id: int


@dataclass(frozen=True)
class MemberChanged(Fact):
    """Somebody's role in a society was given, changed or taken; only noted."""

    person_id: int
    society_id: int
