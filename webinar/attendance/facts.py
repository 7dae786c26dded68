"""What happens to attendance, told upward."""

from dataclasses import dataclass

from webinar.outbox.facts import Fact


@dataclass(frozen=True)
class AttendanceClosed(Fact):
    """An organiser said that attendance is complete; closing again after reopening raises `version`."""

    session_id: int
    version: int
