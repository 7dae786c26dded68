"""What the pages of registering show."""

from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.registration import rules
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as queries
from webinar.sessions.models import Session
from webinar.sessions.pages import hour_words
from webinar.sessions.queries import hours_of
from webinar.sessions.rules.hours import LiveHour, better
from webinar.timekeeping.wording import DayPart, Showing
from webinar.web.moments import showing_text, shown
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
    """The state of registering for a session at this moment, over its live hours, for this visitor."""
    hours, now = open_hours(session), current_viewing().now
    first = hours[0] if hours else session
    limits = [hour.capacity for hour in hours or (session,)]
    counts = [queries.counts(hour.id) for hour in hours or (session,)]
    left = [rules.free_seats(limit, count.held) for limit, count in zip(limits, counts, strict=True)]
    page = RegisterPage(
        door=rules.door(first.state, now, first.ends_at).value,
        action=url_for("registration.register", session=session.slug),
        society=session.society.name,
        capacity=None if None in limits else sum(limit or 0 for limit in limits),
        left=None if None in left else sum(free or 0 for free in left),
        few=len(hours) < 2 and rules.is_few(left[0]),
        full=all(free == 0 for free in left),
        waiting=sum(count.waiting for count in counts),
        offered_on=any(rules.offers_run(now, hour.starts_at) for hour in hours or (session,)),
        because=session.cancelled_because,
        prefilled_name=prefilled_name,
    )
    if mine is None or mine.state is SeatState.CANCELLED:
        return page
    return replace(page, ticket_path=queries.ticket_path(mine), mine=mine.state.value)


def open_hours(session: Session) -> tuple[Session, ...]:
    """The live hours of a session that take registrations at this moment."""
    now = current_viewing().now
    return tuple(
        hour for hour in hours_of(session) if rules.door(hour.state, now, hour.ends_at) is rules.Door.OPEN
    )


def hour_choices(session: Session) -> tuple[tuple[str, str], ...]:
    """The open live hours as number and words: when for this visitor, whether at night, whether full."""
    hours = open_hours(session)
    return tuple((str(hour.hour), _hour_text(hour)) for hour in hours if len(hours) > 1)


def better_hour(session: Session, asked: str = "") -> Session:
    """The live hour to offer first: the one `asked` for by its number, else the kinder one for this visitor."""
    hours = open_hours(session) or (session,)
    if wanted := [hour for hour in hours if asked and str(hour.hour) == asked]:
        return wanted[0]
    zone_name = current_viewing().zone_name or session.zone_name
    return hours[better([LiveHour(hour.starts_at, hour.ends_at) for hour in hours], zone_name)]


def _hour_text(hour: Session) -> str:
    seen = shown(hour.starts_at, hour.ends_at, hour.lead.zone_name)
    parts = [f"{hour_words(hour)}: {showing_text(seen)}"]
    if seen.runs_into_night and seen.day_part is not DayPart.NIGHT:
        parts.append(_("night for you"))
    left = rules.free_seats(hour.capacity, queries.held(hour.id))
    if left == 0:
        parts.append(_("full: waiting list"))
    elif left is not None and rules.is_few(left):
        parts.append(ngettext("%(num)s seat left", "%(num)s seats left", left))
    return _(", ").join(parts)


def session_line(session: Session) -> SessionLine:
    """A session's head, with its time as this visitor sees it."""
    return SessionLine(
        title=session.title,
        kind=session.kind.value,
        path=url_for("lobby.session", session=session.lead.slug),
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
