"""SeatMail: what every mail to a seat's holder says, in their zone and language; and its envelope."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from webinar.calendars.ics.invite import Method
from webinar.calendars.jobs.clocks import changed_clocks
from webinar.calendars.jobs.objects import part_for
from webinar.calendars.pages.session import calendar_menu, file_path, neutral_view, zone_of
from webinar.calendars.queries.feeds import path_of
from webinar.calendars.rules.showing import is_over
from webinar.calendars.service import feed_keys
from webinar.db.store import store, transaction
from webinar.mail.delivery import MailErrand
from webinar.mail.message import Party
from webinar.outbox.port import Due, Errand, Useless
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.seats import join_path, ticket_path
from webinar.registration.queries.seats import seat as seat_of_id
from webinar.registration.queries.series import registered_state
from webinar.sessions.models import State
from webinar.sessions.pages import hour_words
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Showing, showing
from webinar.web.addresses import absolute_path
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time, near_day
from webinar.web.mailing import Envelope, compose
from webinar.web.viewing import current_viewing, seen_as


@dataclass(frozen=True)
class SeatMail:
    """What the frame of a mail to a seat's holder shows; addresses are whole.

    `day`, `clock` and `city` are the start for the subject, as its reader's wall says it.
    `hour` says which of two live hours it is, "" where there is one only.
    `join_url` is "" unless the seat is sure and the session takes place. `clocks` says that the hour is
    not the usual one of the series, in a sentence, where the mail is one that tells the time; else "".
    """

    name: str
    title: str
    society: str
    showing: Showing
    host_zone: str
    day: str
    clock: str
    city: str
    hour: str
    join_url: str
    ticket_url: str
    page_url: str
    file_url: str
    feed_url: str
    menu: tuple[tuple[str, str], ...]
    clocks: str


class StateMoved(Exception):
    """Seat or session changed between writing a mail and sending it: it is written anew."""


@dataclass(frozen=True)
class CurrentErrand:
    """Sends a mail only while what it was written from still stands (R25)."""

    mail: MailErrand
    seat_id: int
    state: tuple[int, int, int]

    def run(self) -> None:
        with transaction():
            seat = store.get_one(Seat, self.seat_id)
            present = _state(seat)
        if present != self.state:
            raise StateMoved("seat or session changed before the mail was sent")
        self.mail.run()


@contextmanager
def as_reader(seat: Seat, now: datetime) -> Iterator[None]:
    """Words made inside are in the language and zone of the seat's holder, at `now` (aware UTC)."""
    viewing = neutral_view(seat.locale, zone_of(seat), now)
    with seen_as(viewing), force_locale(viewing.locale):
        yield


def present(due: Due, state: State) -> Seat | Useless:
    """The letter's seat, if it is still held and its session stands in `state`, not over yet."""
    seat = seat_of_id(due.payload["seat_id"])
    if seat is None or seat.state is SeatState.CANCELLED:
        return Useless("the seat was given back")
    if seat.session.state is not state:
        return Useless(f"the session is {seat.session.state.value}")
    if is_over(due.now, seat.session.ends_at):
        return Useless("the session is over")
    return seat


def method_of(seat: Seat) -> Method | None:
    """How news reach the holder's calendar: only a sure seat stands in it."""
    return Method.REQUEST if seat.state is SeatState.CONFIRMED else None


def letter(
    name: str,
    due: Due,
    seat: Seat,
    *,
    method: Method | None = None,
    may_join: bool = True,
    tells_time: bool = False,
    **values: Any,
) -> Errand:
    """The mail `name` to a seat's holder, with the session for their calendar if there is a `method`.

    `tells_time` adds a sentence where clocks make the hour another than is usual in its series.
    """
    society = seat.session.society
    with as_reader(seat, due.now):
        clocks = changed_clocks(seat) if tells_time else ""
        mail = _seat_mail(seat, due.now, may_join=may_join, clocks=clocks)
        viewing = current_viewing()
    envelope = Envelope(
        key=due.key,
        to=Party(seat.person.email, seat.name),
        sent_at=due.now,
        locale=viewing.locale,
        zone_name=viewing.zone_name,
        from_name=society.name,
        reply_to=Party(society.contact_email),
    )
    part = part_for(seat, method, due) if method else None
    errand = compose(name, envelope, calendar=part, mail=mail, **values)
    return CurrentErrand(errand, seat.id, _state(seat))


def _seat_mail(seat: Seat, now: datetime, *, may_join: bool, clocks: str) -> SeatMail:
    session, zone_name = seat.session, zone_of(seat)
    local = local_of(session.starts_at, zone_name)
    sure = may_join and seat.state is SeatState.CONFIRMED
    feed_path = path_of(feed_keys.give_feed(seat.person_id))
    return SeatMail(
        name=seat.name,
        title=session.title,
        society=session.society.name,
        showing=showing(
            session.starts_at, session.ends_at, zone_name, now=now, reference_zone=session.zone_name
        ),
        host_zone=session.zone_name,
        day=near_day(local),
        clock=clock_time(local),
        city=city_name(zone_name),
        hour=hour_words(session),
        join_url=absolute_path(join_path(seat)) if sure else "",
        ticket_url=absolute_path(ticket_path(seat)),
        page_url=absolute_path(f"/s/{session.lead.slug}"),
        file_url=absolute_path(file_path(session, seat)) if sure else "",
        feed_url=absolute_path(feed_path),
        menu=calendar_menu(session, seat, feed_path=feed_path) if sure else (),
        clocks=clocks,
    )


def _state(seat: Seat) -> tuple[int, int, int]:
    """The revisions of session and series with the versions of this person's seats in it, read afresh."""
    store.refresh(seat, ["version"])
    store.refresh(seat.session, ["revision"])
    series_id = seat.session.lead.series_id
    beside = registered_state(series_id, seat.person_id) if series_id else 0
    return seat.session.revision, seat.version, beside
