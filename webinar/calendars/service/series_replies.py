"""Answers to the event of a whole series: one for each date that they are about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from webinar.accounts.models import Person
from webinar.calendars.formats.address import spellings
from webinar.calendars.queries import answers as queries
from webinar.calendars.rules.reply import Reply, Word
from webinar.db.store import store
from webinar.registration.models import Seat
from webinar.registration.queries.series import registered_state, seats_in, series_seat_of, standing
from webinar.sessions.models import Series, Session, State
from webinar.timekeeping.wall import instant_of


def each_date(reply: Reply, now: datetime) -> Sequence[Reply]:
    """The answer as one to each session: the date of its RECURRENCE-ID, else all to come at `now` (aware UTC).

    What answers no series of ours, or is by nobody who has a seat in it, is given back as it is. Another
    method than REPLY is about the whole event, and asked once.
    """
    series = queries.series_of_uid(reply.uid) if reply.uid else None
    person = _person(reply) if series else None
    if series is None or person is None:
        return (reply,)
    present = registered_state(series.id, person.id)
    seats = [seat for seat in _seats(series, person) if _is_meant(seat.session, series, reply, now)]
    if reply.method != Word.REPLY:
        seats = seats[:1]
    return [_to_date(reply, seat, present) for seat in seats] or (reply,)


def _person(reply: Reply) -> Person | None:
    found = store.scalars(select(Person).where(Person.email.in_(spellings(reply.addresses))).limit(2)).all()
    return found[0] if len(found) == 1 else None


def _seats(series: Series, person: Person) -> list[Seat]:
    """Somebody's seats at the dates that the event of the series holds, in the order of their locks."""
    holder = series_seat_of(series.id, person.id)
    alone = set(holder.alone) if holder else set()
    seats = [seat for seat in standing(seats_in([series.id], person.id)) if seat.session.lead.id not in alone]
    return sorted(seats, key=lambda seat: seat.session.lead.id)


def _is_meant(session: Session, series: Series, reply: Reply, now: datetime) -> bool:
    if reply.recurs_at is None:
        return session.state is State.PUBLISHED and session.ends_at > now
    planned_local = session.lead.series_starts_local
    return planned_local is not None and instant_of(planned_local, series.zone_name) == reply.recurs_at


def _to_date(reply: Reply, seat: Seat, present: int) -> Reply:
    """The answer in terms of the one session: its UID, and its own SEQUENCE instead of that of the series.

    An answer to an earlier state of the series is about this date's present time unless it was moved.
    """
    session = seat.session
    is_present = reply.sequence is not None and reply.sequence >= present
    knows_time = session.moved_from_at is None or reply.starts_at == session.starts_at
    sequence = queries.asked_of(seat).sequence if is_present or knows_time else 0
    return replace(reply, uid=session.uid, recurs_at=None, sequence=sequence)
