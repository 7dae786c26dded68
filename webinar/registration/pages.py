"""What the pages of registering show."""

from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.registration import rules
from webinar.registration.models import Seat, SeatState, SeriesSeat, SeriesSeatState
from webinar.registration.queries import seats as queries
from webinar.registration.queries.series import (
    family_ids,
    held_in,
    holder_of,
    open_dates,
    seats_in,
    series_path,
    standing,
)
from webinar.sessions.models import Session, State
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
    all_dates_path: str


@dataclass(frozen=True)
class DateLine:
    """One date of a series seat: its time, title, the ticket's path, and "" or how they stand there."""

    seen: Showing
    title: str
    ticket_path: str
    state: str


@dataclass(frozen=True)
class DatesPage:
    """All coming dates of somebody in a series; `held` while the registration for all stands."""

    title: str
    kind: str
    path: str
    series_path: str
    host_zone: str
    held: bool
    dates: tuple[DateLine, ...]


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


def date_choices(session: Session) -> tuple[tuple[str, str], ...]:
    """ "one" and "all" with their words, where more dates of the session's series can be registered for."""
    series_id = session.lead.series_id
    count = len(open_dates(family_ids(series_id), current_viewing().now)) if series_id else 0
    if count < 2:
        return ()
    every = ngettext(
        "All %(num)s coming date, also those planned later",
        "All %(num)s coming dates, also those planned later",
        count,
    )
    return (("one", _("Only this date")), ("all", every))


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
        all_dates_path=all_dates_path(seat),
    )


def all_dates_path(seat: Seat) -> str:
    """The page with all dates of the registration that a seat belongs to; "" without one."""
    holder = holder_of(seat)
    return series_path(holder) if holder is not None and holder.state is SeriesSeatState.HELD else ""


def dates_page(series_seat: SeriesSeat) -> DatesPage:
    """The coming dates of a series seat and of what was split from its series, by time."""
    series = series_seat.series
    return DatesPage(
        title=series.title,
        kind=series.kind.value,
        path=series_path(series_seat),
        series_path=url_for("lobby.series", slug=series.society.slug, series=series.slug),
        host_zone=series.zone_name,
        held=bool(held_in(family_ids(series.id), series_seat.person_id)),
        dates=tuple(map(_date_line, _coming(series_seat))),
    )


def next_join(series_seat: SeriesSeat) -> str | None:
    """The path of the join link of the first coming date with a sure place."""
    sure = (seat for seat in _coming(series_seat) if seat.state is SeatState.CONFIRMED)
    found = next(sure, None)
    return queries.join_path(found) if found else None


def _coming(series_seat: SeriesSeat) -> list[Seat]:
    now = current_viewing().now
    seats = seats_in(family_ids(series_seat.series_id), series_seat.person_id)
    return [
        seat
        for seat in standing(seats)
        if seat.session.state is State.PUBLISHED and seat.session.ends_at > now
    ]


def _date_line(seat: Seat) -> DateLine:
    words = {
        SeatState.CONFIRMED: "",
        SeatState.WAITING: _("waiting list"),
        SeatState.OFFERED: _("a seat is offered to you"),
    }
    session = seat.session
    return DateLine(
        shown(session.starts_at, session.ends_at, session.zone_name),
        session.title,
        queries.ticket_path(seat),
        words[seat.state],
    )
