"""A whole series as one person's calendar shows it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _

from webinar.calendars.ics.event import Attendee, CalendarEvent, PartStat
from webinar.calendars.ics.series import Arrangement, Date, arrangement
from webinar.calendars.pages.session import event_of, invited, neutral_view, organizer_of, zone_of
from webinar.calendars.queries import answers
from webinar.calendars.rules.showing import SESSION_ALARM_MINUTES, series_sequence, uid_of
from webinar.config import settings
from webinar.registration.models import Seat, SeatState, SeriesSeat
from webinar.registration.queries.series import series_path
from webinar.sessions.models import Series, State
from webinar.sessions.queries import series_of_id
from webinar.timekeeping.wall import instant_of
from webinar.web import languages
from webinar.web.addresses import absolute_path
from webinar.web.viewing import seen_as


def series_of(holder: SeriesSeat, seats: Sequence[Seat], now: datetime) -> Arrangement:
    """Somebody's dates of a series as an invitation made at `now`, from all their `seats` in its family.

    Raises Unwritable, RecurrenceRefused.
    """
    with seen_as(neutral_view(holder.locale, zone_of(holder))), force_locale(_locale_of(holder)):
        seated = [each for each in seats if _is_date_of(holder, each)]
        said = {answers.held_answer(each) for each in seated}
        answer = PartStat(said.pop()) if len(said) == 1 else PartStat.NEEDS_ACTION
        master = _master(holder, seats, answer, now)
        dates = [_date(holder, each, master, now) for each in seated]
        return arrangement(master, holder.series.rule, holder.series.starts_local, dates, holder.alone)


def series_join_path(holder: SeriesSeat) -> str:
    """The path that leads to the join link of the date which is on or comes next."""
    return f"{series_path(holder)}/join"


def _is_date_of(holder: SeriesSeat, seat: Seat) -> bool:
    session = seat.session
    is_sure = seat.state is SeatState.CONFIRMED and session.state is State.PUBLISHED
    return is_sure and session.lead.series_id == holder.series_id


def _date(holder: SeriesSeat, seat: Seat, master: CalendarEvent, now: datetime) -> Date:
    session, alarm = seat.session, SESSION_ALARM_MINUTES if holder.alarm else None
    event = replace(invited(event_of(session, seat), seat, now), alarm_minutes=alarm)
    is_plain = session.title == holder.series.title and event.attendee == master.attendee
    return Date(session.lead.id, session.lead.series_starts_local, event, is_plain)


def _master(holder: SeriesSeat, seats: Sequence[Seat], answer: PartStat, now: datetime) -> CalendarEvent:
    series = holder.series
    start_at = instant_of(series.starts_local, series.zone_name)
    page, join = absolute_path(series_path(holder)), absolute_path(series_join_path(holder))
    parts = (_("Join:") + f"\n{join}", _("All dates, change or cancel:") + f"\n{page}")
    versions = [seat.version for seat in seats]
    return CalendarEvent(
        uid=uid_of(series.uid, settings().mail_domain),
        sequence=series_sequence(series.revision, holder.version, versions),
        stamp_at=now,
        created_at=holder.created_at,
        modified_at=max([holder.changed_at, *(each.changed_at for each in seats)]),
        start_at=start_at,
        end_at=start_at + timedelta(minutes=series.minutes),
        zone_name=series.zone_name,
        summary=series.title,
        description="\n\n".join(parts),
        url=page,
        join_url=join,
        organizer=organizer_of(holder),
        attendee=Attendee(holder.person.email, holder.name, answer),
        alarm_minutes=SESSION_ALARM_MINUTES if holder.alarm else None,
        related_to=uid_of(parent.uid, settings().mail_domain) if (parent := _parent(series)) else None,
    )


def _parent(series: Series) -> Series | None:
    return series_of_id(series.split_from_id) if series.split_from_id else None


def _locale_of(holder: SeriesSeat) -> str:
    return languages.known(holder.locale) or languages.DEFAULT
