"""What the pages of registering show."""

from dataclasses import dataclass, replace

from flask import url_for

from webinar.registration import rules
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as queries
from webinar.sessions.models import Session
from webinar.timekeeping.wording import Showing
from webinar.web.moments import shown
from webinar.web.viewing import current_viewing


@dataclass(frozen=True)
class RegisterPage:
    """Registering for one session, alone or as the card on the session's page.

    `door` is open, not_yet, cancelled or over. `left` counts free seats, None without a limit;
    `few` says that so little is left that people should know; `full` that only the waiting list
    is open, where `waiting` people stand; `offered_on` that freed seats are offered down that list.
    `ticket_path` leads to the seat this visitor holds, in the
    state `mine`.
    """

    door: str
    action: str
    society: str
    capacity: int | None
    left: int | None
    few: bool
    full: bool
    waiting: int
    offered_on: bool
    because: str
    prefilled_name: str = ""
    ticket_path: str | None = None
    mine: str = ""


@dataclass(frozen=True)
class SessionLine:
    """What stands above: title, kind and time of the session, and the way to its page."""

    title: str
    kind: str
    path: str
    host_zone: str
    seen: Showing


@dataclass(frozen=True)
class GiveBackPage:
    """What happens when somebody leaves: `state` is the seat's, `waiting` who would be glad of it."""

    state: str
    action: str
    ticket_path: str
    waiting: int
    offered_on: bool


def register_page(session: Session, *, prefilled_name: str = "", mine: Seat | None = None) -> RegisterPage:
    """The state of registering for a session at this moment, for this visitor."""
    counts = queries.counts(session.id)
    left = rules.free_seats(session.capacity, counts.held)
    page = RegisterPage(
        door=rules.door(session.state, current_viewing().now, session.ends_at).value,
        action=url_for("registration.register", session=session.slug),
        society=session.society.name,
        capacity=session.capacity,
        left=left,
        few=rules.is_few(left),
        full=left == 0,
        waiting=counts.waiting,
        offered_on=rules.offers_run(current_viewing().now, session.starts_at),
        because=session.cancelled_because,
        prefilled_name=prefilled_name,
    )
    if mine is None or mine.state is SeatState.CANCELLED:
        return page
    return replace(page, ticket_path=queries.ticket_path(mine), mine=mine.state.value)


def session_line(session: Session) -> SessionLine:
    """A session's head, with its time as this visitor sees it."""
    return SessionLine(
        title=session.title,
        kind=session.kind.value,
        path=url_for("lobby.session", session=session.slug),
        host_zone=session.zone_name,
        seen=shown(session.starts_at, session.ends_at, session.zone_name),
    )


def give_back_page(seat: Seat) -> GiveBackPage:
    """The consequence of leaving, before anybody presses."""
    ticket = queries.ticket_path(seat)
    return GiveBackPage(
        state=seat.state.value,
        action=f"{ticket}/cancel",
        ticket_path=ticket,
        waiting=queries.counts(seat.session_id).waiting,
        offered_on=rules.offers_run(current_viewing().now, seat.session.starts_at),
    )
