"""What happens to the attendance of a session, told upward."""

from dataclasses import dataclass

from webinar.outbox.facts import Fact


@dataclass(frozen=True)
class AttendanceClosed(Fact):
    """The organiser's word that attendance is complete, or a correction after it; `version` rises each time."""

    session_id: int
    version: int
