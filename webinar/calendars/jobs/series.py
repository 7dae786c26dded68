"""Mails about all dates of a series: registered, brought up to date, left; one calendar object each."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from webinar.calendars.ics.invite import Method, invitation
from webinar.calendars.jobs.objects import arranged, post_series, whole
from webinar.calendars.pages.series import series_join_path, series_of
from webinar.calendars.pages.session import neutral_view, zone_of
from webinar.calendars.service import feed_keys
from webinar.db.store import transaction
from webinar.mail.delivery import MailErrand
from webinar.mail.message import CalendarPart, Party
from webinar.outbox import service as outbox
from webinar.outbox.port import Due, Errand, Opened, Useless
from webinar.registration.facts import SeriesJoined, SeriesLeft
from webinar.registration.models import Seat, SeatState, SeriesSeat, SeriesSeatState
from webinar.registration.queries import series as queries
from webinar.registration.service import followers
from webinar.sessions.facts import SeriesSplit
from webinar.sessions.models import State
from webinar.timekeeping.wording import Showing, showing
from webinar.web.addresses import absolute_path
from webinar.web.mailing import Envelope, compose
from webinar.web.viewing import seen_as


@dataclass(frozen=True)
class DateLine:
    """One date: when for the reader, what it is called, and "" or why they have no place yet."""

    showing: Showing
    title: str
    note: str


@dataclass(frozen=True)
class SeriesMail:
    """What a mail about a series shows; addresses are whole. `dates` are those to come, by time."""

    name: str
    title: str
    society: str
    host_zone: str
    dates: tuple[DateLine, ...]
    count: str
    join_url: str
    ticket_url: str
    page_url: str


class SeriesMoved(Exception):
    """The dates changed between writing a mail and sending it: it is written anew."""


@dataclass(frozen=True)
class CurrentSeriesErrand:
    """Sends a mail only while the series is as it was written (R25)."""

    mail: MailErrand
    series_seat_id: int
    sequence: int

    def run(self) -> None:
        with transaction():
            holder = queries.series_seat(self.series_seat_id)
            present = _sequence(holder) if holder else None
        if present != self.sequence:
            raise SeriesMoved("the series changed before the mail was sent")
        self.mail.run()


def mail_joined(fact: SeriesJoined) -> None:
    """Answer a registration for all dates with one invitation to them all."""
    holder = queries.series_seat(fact.series_seat_id)
    if holder is not None:
        feed_keys.give_feed(holder.person_id)
        key = f"mail:series_registered:{fact.series_seat_id}:{fact.version}:{fact.again}"
        outbox.post("mail.series_registered", key, {"series_seat_id": holder.id, "version": fact.version})


def mail_left(fact: SeriesLeft) -> None:
    """Confirm that all dates were given back, and take them out of the calendar."""
    key = f"mail:series_left:{fact.series_seat_id}:{fact.version}"
    payload = {"series_seat_id": fact.series_seat_id, "version": fact.version}
    outbox.post("mail.series_left", key, payload)


def mail_split(fact: SeriesSplit) -> None:
    """Who registered for all stays so: the old event ends earlier, the new one comes in a mail of its own."""
    followers.follow(fact.follower_id)
    for series_id in (fact.series_id, fact.follower_id):
        for holder in queries.held_in([series_id]):
            post_series(holder, fact.follower_id, "split")


def open_series_registered(due: Due) -> Opened:
    """The confirmation with all dates."""
    holder = _present(due, SeriesSeatState.HELD)
    if isinstance(holder, Useless):
        return holder
    found = arranged(holder, due)
    return _letter("series_registered", due, holder, whole(found) if found.series else None)


def open_series_changed(due: Due) -> Opened:
    """The calendar brought up to date: all dates as they are now."""
    holder = _present(due, SeriesSeatState.HELD)
    if isinstance(holder, Useless):
        return holder
    return _letter("series_changed", due, holder, whole(arranged(holder, due)), split=due.payload["why"])


def open_series_left(due: Due) -> Opened:
    """You left all of it; the event of the series is withdrawn."""
    holder = _present(due, SeriesSeatState.LEFT)
    if isinstance(holder, Useless):
        return holder
    seats = queries.seats_in(queries.family_ids(holder.series_id), holder.person_id)
    withdrawn = series_of(holder, seats, due.now).withdrawn
    part = CalendarPart(Method.CANCEL.value, invitation(withdrawn, Method.CANCEL))
    return _letter("series_left", due, holder, part)


def _present(due: Due, state: SeriesSeatState) -> SeriesSeat | Useless:
    holder = queries.series_seat(due.payload["series_seat_id"])
    if holder is None or holder.state is not state:
        return Useless("the registration for the series has changed since")
    if due.payload.get("version", holder.version) != holder.version:
        return Useless("the registration for the series has changed since")
    return holder


def _letter(name: str, due: Due, holder: SeriesSeat, part: CalendarPart | None, **values: object) -> Errand:
    society, zone_name = holder.series.society, zone_of(holder)
    viewing = neutral_view(holder.locale, zone_name, due.now)
    with seen_as(viewing), force_locale(viewing.locale):
        mail = _series_mail(holder, due.now)
    envelope = Envelope(
        key=due.key,
        to=Party(holder.person.email, holder.name),
        sent_at=due.now,
        locale=viewing.locale,
        zone_name=zone_name,
        from_name=society.name,
        reply_to=Party(society.contact_email),
    )
    errand = compose(name, envelope, calendar=part, mail=mail, **values)
    return CurrentSeriesErrand(errand, holder.id, _sequence(holder))


def _series_mail(holder: SeriesSeat, now: datetime) -> SeriesMail:
    series = holder.series
    coming = [
        _line(seat, zone_of(holder), now)
        for seat in queries.standing(queries.seats_in([series.id], holder.person_id))
        if seat.session.state is State.PUBLISHED and seat.session.ends_at > now
    ]
    return SeriesMail(
        name=holder.name,
        title=series.title,
        society=series.society.name,
        host_zone=series.zone_name,
        dates=tuple(coming),
        count=ngettext("%(num)s date", "%(num)s dates", len(coming)),
        join_url=absolute_path(series_join_path(holder)),
        ticket_url=absolute_path(queries.series_path(holder)),
        page_url=absolute_path(f"/{series.society.slug}/series/{series.slug}"),
    )


def _line(seat: Seat, zone_name: str, now: datetime) -> DateLine:
    session = seat.session
    seen = showing(session.starts_at, session.ends_at, zone_name, now=now, reference_zone=session.zone_name)
    notes = {SeatState.WAITING: _("waiting list"), SeatState.OFFERED: _("a seat is offered to you")}
    return DateLine(seen, session.title, notes.get(seat.state, ""))


def _sequence(holder: SeriesSeat) -> int:
    return queries.registered_state(holder.series_id, holder.person_id)
