"""Single sessions as calendar files to open."""

from flask.typing import ResponseReturnValue

from webinar.calendars.ics.feed import Calendar, feed
from webinar.calendars.pages.session import event_of, file_path
from webinar.calendars.queries import feeds as queries
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.seats import by_ticket
from webinar.sessions.models import Session
from webinar.subscriptions.feeds.answering import file_answer
from webinar.subscriptions.feeds.blueprint import bp
from webinar.web.addresses import absolute_path


@bp.get("/s/<session>.ics")
def session(session: str) -> ResponseReturnValue:
    """One public session, as a file to open."""
    found = queries.public_session(session)
    return file_answer(_file(found, f"/s/{found.lead.slug}"), found.changed_at, f"{found.slug}.ics")


@bp.get("/t/<token>/invite.ics")
def invite(token: str) -> ResponseReturnValue:
    """One's own session with the join link, as a file to open; before a seat is sure, the public one."""
    seat = by_ticket(token)
    found, changed_at = seat.session, max(seat.session.changed_at, seat.changed_at)
    return file_answer(_file(found, f"/t/{token}", seat), changed_at, f"{found.slug}.ics", is_private=True)


def _file(found: Session, page: str, seat: Seat | None = None) -> bytes:
    held = seat if seat and seat.state is SeatState.CONFIRMED else None
    calendar = Calendar(
        name=found.title,
        zone_name=found.society.zone_name,
        description=found.society.about,
        source=absolute_path(file_path(found, seat)),
        url=absolute_path(page),
        colour=found.society.brand_colour,
    )
    return feed(calendar, [event_of(found, held)]).body
