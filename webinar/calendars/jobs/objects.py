"""Objects: the calendar part of a mail to a seat's holder: their whole series, or the one session."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from webinar.calendars.ics.invite import Method, invitation
from webinar.calendars.ics.series import Arrangement
from webinar.calendars.pages.series import series_of
from webinar.calendars.pages.session import event_of, invited
from webinar.mail.message import CalendarPart
from webinar.outbox import service as outbox
from webinar.outbox.port import Due
from webinar.registration.models import Seat, SeatState, SeriesSeat
from webinar.registration.queries.series import family_ids, seats_in
from webinar.registration.service import followers


def part_for(seat: Seat, method: Method, due: Due) -> CalendarPart:
    """The object of a mail about one seat.

    Whoever registered for the whole series gets all of it, because readers replace what they hold; unless
    this date stands in their calendar by itself. CANCEL of one date of a series is the series without it.
    """
    holder = followers.holder_of(seat)
    if holder is None:
        return _single(seat, method, due.now)
    found = arranged(holder, due, about=seat)
    if seat.session.lead.id in holder.alone:
        return _single(seat, method, due.now, series_uid=found.withdrawn.uid)
    if method is Method.DECLINECOUNTER and found.series is not None:
        return CalendarPart(method.value, invitation(found.series, method))
    return whole(found)


def whole(found: Arrangement) -> CalendarPart:
    """The series as it stands: asked for while a date is left in it, else withdrawn."""
    if found.series is None:
        return CalendarPart(Method.CANCEL.value, invitation(found.withdrawn, Method.CANCEL))
    return CalendarPart(Method.REQUEST.value, invitation(found.series, Method.REQUEST))


def arranged(holder: SeriesSeat, due: Due, *, about: Seat | None = None) -> Arrangement:
    """Somebody's series as of now; dates that stand alone from now on are noted, and mailed by themselves.

    The mail in hand is `about` one seat: where its own date leaves the series, the series is mailed too.
    """
    seats = seats_in(family_ids(holder.series_id), holder.person_id)
    found = series_of(holder, seats, due.now)
    news = found.alone - set(holder.alone)
    if news:
        followers.keep_alone(holder, sorted(news))
        own_id = about.session.lead.id if about else None
        for seat in _sure(seats, news - {own_id}):
            _post_date(seat)
        if about is not None and own_id in news and about.session.lead.series_starts_local:
            post_series(holder, found.withdrawn.sequence)
    return found


def post_series(holder: SeriesSeat, number: int, why: str = "changed") -> None:
    """Promise the mail that brings somebody's calendar up to date; once for each SEQUENCE `number`."""
    key = f"mail:series_changed:{holder.id}:{number}:{why}"
    outbox.post("mail.series_changed", key, {"series_seat_id": holder.id, "why": why})


def _post_date(seat: Seat) -> None:
    key = f"mail:registered:{seat.id}:{seat.version}"
    outbox.post("mail.registered", key, {"seat_id": seat.id, "version": seat.version})


def _sure(seats: Sequence[Seat], lead_ids: Collection[int | None]) -> list[Seat]:
    return [seat for seat in seats if seat.state is SeatState.CONFIRMED and seat.session.lead.id in lead_ids]


def _single(seat: Seat, method: Method, now: datetime, series_uid: str | None = None) -> CalendarPart:
    event = replace(invited(event_of(seat.session, seat), seat, now), related_to=series_uid)
    return CalendarPart(method.value, invitation(event, method))
