"""Sister societies: what those that a society follows have planned, for its own empty programme."""

from datetime import datetime

from webinar.lobby import queries
from webinar.lobby.pages.programme import Agenda, agenda
from webinar.lobby.pages.row import rows
from webinar.societies.models import Society

SHORT_LIST = 5


def sisters(society: Society, now: datetime) -> Agenda | None:
    """The next public sessions of the societies that `society` follows; None where there are none."""
    theirs = queries.coming_of_followed(society.id, now, SHORT_LIST)
    listed = rows(theirs, society.zone_name, now, with_society=True)
    return agenda(listed, society.zone_name, now) if listed else None
