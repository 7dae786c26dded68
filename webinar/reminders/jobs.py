"""The reminder, written when it is sent; useless once the session moved, began or was cancelled."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.calendars.jobs.letter import as_reader, letter
from webinar.calendars.pages.session import zone_of
from webinar.outbox.port import Due, Opened, Useless
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.seats import seat as seat_of_id
from webinar.reminders import queries
from webinar.reminders.models import Reminder
from webinar.reminders.rules import Day, day_of, is_outrun, minutes_left
from webinar.sessions.models import State
from webinar.timekeeping.wall import local_of
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time, weekday

DOORS, HOUR = 15, 60


def open_reminder(due: Due) -> Opened:
    """One reminder to one person, with the join link, in their zone and language."""
    reminder = queries.reminder(due.payload["reminder_id"])
    seat = seat_of_id(reminder.seat_id) if reminder else None
    if reminder is None or seat is None:
        return Useless("the seat is gone")
    if reason := _useless(reminder, seat, due.now):
        return Useless(reason)
    with as_reader(seat, due.now):
        subject, news = _words(seat, reminder.offset_minutes, due.now)
    early = reminder.offset_minutes > HOUR
    return letter("reminder", due, seat, subject=subject, news=news, tells_time=early)


def _useless(reminder: Reminder, seat: Seat, now: datetime) -> str | None:
    if seat.state is not SeatState.CONFIRMED:
        return "the seat was given back"
    if seat.session.state is not State.PUBLISHED:
        return "the session was cancelled"
    if seat.session.starts_at != reminder.starts_at:
        return "the session has moved"
    if now >= reminder.starts_at:
        return "the session has begun"
    if is_outrun(reminder.offset_minutes, reminder.starts_at, now):
        return "a later reminder is due"
    return None


def _words(seat: Seat, offset_minutes: int, now: datetime) -> tuple[str, str]:
    """The subject, which begins with when, and the first sentence."""
    zone_name = zone_of(seat)
    local = local_of(seat.session.starts_at, zone_name)
    at = {"time": clock_time(local), "city": city_name(zone_name), "title": seat.session.title}
    if offset_minutes == DOORS:
        return (
            _("Doors open: %(time)s (%(city)s): %(title)s", **at),
            _("The doors are open. Join now and check your sound."),
        )
    if offset_minutes == HOUR:
        left = _left(minutes_left(seat.session.starts_at, now))
        return _("In %(left)s: %(time)s (%(city)s): %(title)s", left=left, **at), _(
            "It starts in %(left)s.", left=left
        )
    day = day_of(local, local_of(now, zone_name))
    if day is Day.TOMORROW:
        return _("Tomorrow %(time)s (%(city)s): %(title)s", **at), _("It is tomorrow.")
    if day is Day.TODAY:
        return _("Today %(time)s (%(city)s): %(title)s", **at), _("It is today.")
    name = weekday(local)
    return _("%(day)s %(time)s (%(city)s): %(title)s", day=name, **at), _("It is on %(day)s.", day=name)


def _left(minutes: int) -> str:
    if minutes >= HOUR:
        return _("1 hour")
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)
