"""Registering for all of a series: a seat at each coming date, at each later one, and leaving them all."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from webinar.accounts import queries as accounts_queries
from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.db.store import insert_once, store
from webinar.outbox import service as outbox
from webinar.registration import facts, rules
from webinar.registration.models import Seat, SeatState, SeriesSeat, SeriesSeatState
from webinar.registration.queries import seats as seat_queries
from webinar.registration.queries import series as queries
from webinar.registration.queries.hours import standing_elsewhere
from webinar.registration.rules import Application
from webinar.registration.service.followers import blank_series_seat, follow, keep_alone
from webinar.registration.service.ledger import blank, enter, locked, part, settle
from webinar.sessions.facts import SessionPublished
from webinar.sessions.models import Series, Session, State
from webinar.sessions.queries import hours_of, session_of_id
from webinar.sessions.rules.hours import LiveHour, better
from webinar.sessions.rules.question import read_questions
from webinar.timekeeping import clock

DAY = timedelta(days=1)
MAILED_AGAIN_A_DAY = 3


@dataclass(frozen=True)
class SeriesAdmission:
    """What came of registering for all dates; `is_new` is False where the address had any seat before.

    Then all of it belongs to whoever reads that address: a stranger's browser must not see it.
    `seat` is the one at the session whose form was sent.
    """

    series_seat: SeriesSeat
    seat: Seat
    is_new: bool


def admit_all(hour: Session, application: Application) -> SeriesAdmission:
    """Seat somebody at every coming date of the series of the session `hour`, or put them on its waiting list.

    At `hour` itself they take that live hour, elsewhere the kinder one for their zone. The answers to this
    session's questions serve wherever the same is asked. Raises RegistrationClosed, or Invalid with the field.
    """
    given = rules.checked(application, read_questions(hour.questions))
    now, series = clock.now(), _series_of(hour)
    family = queries.family_ids(series.id)
    dates = [locked(each.id) for each in queries.open_dates(family, now)]
    rules.refuse_closed(hour.state, now, hour.ends_at)
    person = accounts.known_person(given.email, given.name, country=given.country, locale=given.locale)
    before = queries.standing(queries.seats_in(family, person.id))
    known = bool(before) or bool(queries.held_in(family, person.id))
    holders = {each: _joined(each, person, given, now) for each in {one.series_id: 0 for one in dates}}
    changed = [_seated(each, hour, person, given, now) for each in dates]
    for series_id, (holder, is_new) in holders.items():
        if is_new:
            _put_alone(holder, before)
        fresh = any(changed[n] for n, one in enumerate(dates) if one.series_id == series_id)
        _tell_joined(holder, now, is_new=is_new or fresh)
    seat = seat_queries.seat_of(hour.id, person.id) or standing_elsewhere(hour, person.id, now)
    if seat is None:
        raise rules.RegistrationClosed("Registration for this session has not opened yet.")
    return SeriesAdmission(holders[series.id][0], seat, is_new=not known)


def leave(series_seat: SeriesSeat) -> None:
    """Give back every coming date of a series and of those split from it. Twice is harmless."""
    now = clock.now()
    family = queries.family_ids(series_seat.series_id)
    for date in queries.open_dates(family, now):
        locked(date.id)
    for seat in queries.standing(queries.seats_in(family, series_seat.person_id)):
        store.refresh(seat)
        if seat.state is not SeatState.CANCELLED and _is_open(seat.session, now):
            part(seat, seat.session, now, with_series=True)
    for held in queries.held_in(family, series_seat.person_id):
        held.state, held.version, held.changed_at = SeriesSeatState.LEFT, held.version + 1, now
        store.flush()
        outbox.tell(facts.SeriesLeft(held.id, held.version))
        _record("series_seat.left", held)


def seat_published(fact: SessionPublished) -> None:
    """Reaction: whoever registered for all of the series has a seat at a date that is published later."""
    session = session_of_id(fact.session_id).lead
    if session.series_id is None:
        return
    follow(session.series_id)
    session, now = locked(session.id), clock.now()
    if not _is_open(session, now):
        return
    for holder in queries.held_in([session.series_id or 0]):
        _seated(session, session, holder.person, _said(holder), now, with_series=False, later=True)


def _series_of(session: Session) -> Series:
    if session.lead.series is None:
        raise rules.RegistrationClosed("This session belongs to no series.")
    return session.lead.series


def _joined(
    series_id: int | None, person: Person, given: Application, now: datetime
) -> tuple[SeriesSeat, bool]:
    """The series seat, held; and whether it was not held before."""
    if series_id is None:
        raise ValueError("a date of a series has a series")
    insert_once(
        SeriesSeat,
        {
            **blank_series_seat(series_id),
            "person_id": person.id,
            "name": given.name,
            "locale": given.locale,
            "state": SeriesSeatState.LEFT,
            "version": 0,
        },
        ["series_id", "person_id"],
    )
    holder = queries.series_seat_of(series_id, person.id)
    if holder is None:
        raise LookupError("the series seat has just been written")
    if holder.state is SeriesSeatState.HELD:
        return holder, False
    holder.name, holder.country, holder.answers = given.name, given.country, dict(given.answers)
    holder.zone_name, holder.locale, holder.alarm = given.zone_name, given.locale, given.alarm
    holder.state, holder.version, holder.changed_at = SeriesSeatState.HELD, holder.version + 1, now
    store.flush()
    _record("series_seat.joined", holder)
    return holder, True


def _seated(
    lead: Session,
    chosen: Session,
    person: Person,
    given: Application,
    now: datetime,
    *,
    with_series: bool = True,
    later: bool = False,
) -> bool:
    """Seat somebody at one date unless they hold or wait for a seat there; whether they did not.

    At a date that is published `later` nobody is seated who has given it back.
    """
    hour = chosen if chosen.lead.id == lead.id and not later else _kinder_hour(lead, given.zone_name, now)
    settle(hour, now)
    seat = seat_queries.seat_of(hour.id, person.id)
    if seat is not None and (later or seat.state is not SeatState.CANCELLED):
        return False
    if standing_elsewhere(hour, person.id, now) is not None:
        return False
    seat = seat or blank(hour, person, now)
    labels = {question.label for question in read_questions(lead.questions)}
    seat.name, seat.country = given.name, given.country
    seat.answers = {label: said for label, said in given.answers.items() if label in labels}
    seat.zone_name, seat.locale, seat.alarm = given.zone_name, given.locale, given.alarm
    enter(seat, hour, now, with_series=with_series)
    return True


def _kinder_hour(lead: Session, zone_name: str | None, now: datetime) -> Session:
    hours = [hour for hour in hours_of(lead) if _is_open(hour, now)] or [lead]
    return hours[
        better([LiveHour(each.starts_at, each.ends_at) for each in hours], zone_name or lead.zone_name)
    ]


def _is_open(session: Session, now: datetime) -> bool:
    return session.state is State.PUBLISHED and session.ends_at > now


def _said(holder: SeriesSeat) -> Application:
    return Application(
        name=holder.name,
        email=holder.person.email,
        country=holder.country,
        zone_name=holder.zone_name,
        locale=holder.locale,
        answers=dict(holder.answers),
        alarm=holder.alarm,
    )


def _put_alone(holder: SeriesSeat, before: Sequence[Seat]) -> None:
    """What stands in somebody's calendar by itself already stays so."""
    keep_alone(holder, [seat.session.lead.id for seat in before if seat.state is SeatState.CONFIRMED])


def _tell_joined(holder: SeriesSeat, now: datetime, *, is_new: bool) -> None:
    """One mail for all dates; to who asks again, a few times a day."""
    times = accounts_queries.knocks_since("series-again", str(holder.id), now - DAY)
    if is_new and times == 0:
        outbox.tell(facts.SeriesJoined(holder.id, holder.version))
        return
    with suppress(accounts.TooOften):
        accounts.knock("series-again", str(holder.id), most=MAILED_AGAIN_A_DAY, within=DAY)
        outbox.tell(facts.SeriesJoined(holder.id, holder.version, f"{now.date().isoformat()}:{times + 1}"))


def _record(action: str, holder: SeriesSeat) -> None:
    audit.record(
        action,
        "series_seat",
        holder.id,
        actor_id=holder.person_id,
        society_id=holder.series.society_id,
        detail={"series_id": holder.series_id, "version": holder.version},
    )
