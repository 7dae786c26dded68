"""A session as calendars show it, and the menu that puts it there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from flask_babel import force_locale
from flask_babel import gettext as _

from webinar.calendars.ics import links
from webinar.calendars.ics.event import Attendee, CalendarEvent, Organizer, PartStat, Status
from webinar.calendars.ics.series import Arrangement, Date, arrangement
from webinar.calendars.queries import answers, feeds
from webinar.calendars.rules.showing import SESSION_ALARM_MINUTES, sequence, series_sequence, uid_of
from webinar.config import settings
from webinar.registration.models import Seat, SeatState, SeriesSeat
from webinar.registration.queries.seats import join_path, ticket_path
from webinar.registration.queries.series import series_path
from webinar.sessions.models import Series, Session, State
from webinar.sessions.pages import hour_title
from webinar.sessions.queries import series_of_id
from webinar.timekeeping import zones
from webinar.timekeeping.wall import instant_of
from webinar.web import languages
from webinar.web.addresses import absolute_path
from webinar.web.moments import instant_text
from webinar.web.preferences import known_zone
from webinar.web.viewing import Viewing, ZoneSource, seen_as

_ELSEWHERE = ("Asia/Kolkata", "America/New_York")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zone_of(seat: Seat | SeriesSeat) -> str:
    """The IANA zone in which a seat's holder reads times: the seat's, their own, else the event's."""
    host = seat.session.zone_name if isinstance(seat, Seat) else seat.series.zone_name
    return known_zone(seat.zone_name) or known_zone(seat.person.zone_name) or host


def neutral_view(locale: str | None, zone_name: str | None = None, now: datetime = _EPOCH) -> Viewing:
    """The view of who reads mails and calendars: a language and a zone, no cookies."""
    known = languages.known(locale) or languages.DEFAULT
    source: ZoneSource = "account" if zone_name else "event"
    return Viewing(zone_name, source, known, languages.direction(known), "auto", False, now)


def event_of(session: Session, seat: Seat | None = None) -> CalendarEvent:
    """A session as a calendar shows it: publicly, or to a seat's holder with their join link.

    The same row gives the same event: `stamp_at` is the last change. No people are in it.
    """
    with seen_as(neutral_view(seat.locale if seat else session.locale)), force_locale(_locale(session, seat)):
        return _event(session, seat)


def invited(event: CalendarEvent, seat: Seat, now: datetime) -> CalendarEvent:
    """`event` as an invitation to the seat's holder, made at `now`; the society's mailbox organises."""
    return replace(
        event,
        stamp_at=now,
        organizer=_organizer(seat),
        attendee=Attendee(seat.person.email, seat.name, PartStat(answers.held_answer(seat))),
        alarm_minutes=SESSION_ALARM_MINUTES if seat.alarm else None,
    )


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
        organizer=_organizer(holder),
        attendee=Attendee(holder.person.email, holder.name, answer),
        alarm_minutes=SESSION_ALARM_MINUTES if holder.alarm else None,
        related_to=uid_of(parent.uid, settings().mail_domain) if (parent := _parent(series)) else None,
    )


def _parent(series: Series) -> Series | None:
    return series_of_id(series.split_from_id) if series.split_from_id else None


def _locale_of(holder: SeriesSeat) -> str:
    return languages.known(holder.locale) or languages.DEFAULT


def _organizer(seat: Seat | SeriesSeat) -> Organizer:
    """The society's name at the address that reads answers; with the seat's secret where settings say so."""
    known = settings()
    local, _at, domain = known.organizer_address.rpartition("@")
    mark = f"+{answers.reply_mark(seat)}" if known.reply_tokens else ""
    address = f"{local}{mark}@{domain}"
    sender = known.mail_from if known.mail_from != address else ""
    society = seat.session.society if isinstance(seat, Seat) else seat.series.society
    return Organizer(address, society.name, sender)


def calendar_menu(
    session: Session, seat: Seat | None = None, *, feed_path: str | None = None
) -> tuple[tuple[str, str], ...]:
    """The ways into somebody's own calendar, as pairs of words and whole address; text card last.

    To subscribe: the holder's own feed (`feed_path` if the caller knows it), else the society's.
    """
    event = event_of(session, seat)
    own = feed_path or (feeds.feed_path(seat.person_id) if seat else None)
    feed = absolute_path(own or f"/{session.society.slug}/calendar.ics")
    return (
        (_("Calendar file (.ics)"), absolute_path(file_path(session, seat))),
        (_("Google Calendar"), links.google(event)),
        (_("Outlook.com"), links.outlook(event)),
        (_("Office 365"), links.office(event)),
        (_("Yahoo"), links.yahoo(event)),
        (_("Subscribe (Apple, Thunderbird)"), webcal(feed)),
        (_("Copy as text"), absolute_path(f"/s/{session.slug}/card.txt")),
    )


def file_path(session: Session, seat: Seat | None = None) -> str:
    """The path of the session's calendar file; a seat's own holds the join link."""
    return f"{ticket_path(seat)}/invite.ics" if seat else f"/s/{session.slug}.ics"


def webcal(feed_url: str) -> str:
    """A feed's address for programs that subscribe; also where we are served without https."""
    return links.webcal(feed_url) if feed_url.startswith("https:") else f"webcal:{feed_url.partition(':')[2]}"


def _locale(session: Session, seat: Seat | None) -> str:
    return languages.known(seat.locale if seat else session.locale) or languages.DEFAULT


def _event(session: Session, seat: Seat | None) -> CalendarEvent:
    cancelled = session.state is State.CANCELLED
    title = session.title if seat else hour_title(session)
    path = absolute_path
    changes = [session.changed_at, *([seat.changed_at] if seat else [])]
    return CalendarEvent(
        uid=uid_of(session.uid, settings().mail_domain),
        sequence=sequence(session.revision, seat.version if seat else 0),
        stamp_at=max(changes),
        created_at=session.created_at,
        modified_at=max(changes),
        start_at=session.starts_at,
        end_at=session.ends_at,
        zone_name=session.zone_name,
        summary=_("Cancelled: %(title)s", title=title) if cancelled else title,
        description=_notes(session, seat),
        url=path(ticket_path(seat) if seat else f"/s/{session.lead.slug}"),
        join_url=path(join_path(seat)) if seat and not cancelled else "",
        location="" if seat else session.society.name,
        status=Status.CANCELLED if cancelled else Status.CONFIRMED,
        transparent=seat is None,
    )


def _notes(session: Session, seat: Seat | None) -> str:
    """Plain lines: why it is off or how to join, the start in three zones, where to read more."""
    page = absolute_path(ticket_path(seat) if seat else f"/s/{session.lead.slug}")
    if session.state is State.CANCELLED:
        first = session.cancelled_because
    else:
        first = _("Join:") + f"\n{absolute_path(join_path(seat))}" if seat else ""
    times = "\n".join(map(partial(instant_text, session.starts_at), _three_zones(session, seat)))
    more = _("Change or cancel:") if seat else _("Register and read more:")
    return "\n\n".join(part for part in (first, times, f"{more}\n{page}") if part)


def _three_zones(session: Session, seat: Seat | None) -> list[str]:
    """The holder's zone, the host's, UTC, then cities far away, each clock once."""
    wanted = [*([zone_of(seat)] if seat else []), session.zone_name, "Etc/UTC", *_ELSEWHERE]
    by_offset: dict[timedelta, str] = {}
    for name in wanted:
        by_offset.setdefault(zones.offset(session.starts_at, name), name)
    return list(by_offset.values())[:3]
