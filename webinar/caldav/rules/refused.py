"""Refused: a request that CalDAV answers with a status and the condition it failed."""

from webinar.refusal import Refusal


class Refused(Refusal):
    """`condition` is the tag of the failed pre- or postcondition (RFC 4918 16), or "" where there is none."""

    def __init__(self, status: int, condition: str = "", sentence: str = "") -> None:
        super().__init__(sentence or "This cannot be asked of the calendar.")
        self.status = status
        self.condition = condition
