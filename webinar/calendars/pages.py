"""A session as calendars show it, and the menu that puts it there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from flask_babel import force_locale
from flask_babel import gettext as _

from webinar.calendars.ics import links
from webinar.calendars.ics.event import Attendee, CalendarEvent, Organizer, PartStat, Status
from webinar.calendars.queries import answers, feeds
from webinar.calendars.rules.showing import SESSION_ALARM_MINUTES, sequence, uid_of
from webinar.config import settings
from webinar.registration.models import Seat
from webinar.registration.queries.seats import join_path, ticket_path
from webinar.sessions.models import Session, State
from webinar.sessions.pages import hour_title
from webinar.timekeeping import zones
from webinar.web import languages
from webinar.web.addresses import absolute_path
from webinar.web.moments import instant_text
from webinar.web.preferences import known_zone
from webinar.web.viewing import Viewing, ZoneSource, seen_as

_ELSEWHERE = ("Asia/Kolkata", "America/New_York")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zone_of(seat: Seat) -> str:
    """The IANA zone in which a seat's holder reads times: the seat's, their own, else the session's."""
    return known_zone(seat.zone_name) or known_zone(seat.person.zone_name) or seat.session.zone_name


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
        alarm_minutes=SESSION_ALARM_MINUTES,
    )


def _organizer(seat: Seat) -> Organizer:
    """The society's name at the address that reads answers; with the seat's secret where settings say so."""
    known = settings()
    local, _at, domain = known.organizer_address.rpartition("@")
    mark = f"+{answers.reply_mark(seat)}" if known.reply_tokens else ""
    address = f"{local}{mark}@{domain}"
    sender = known.mail_from if known.mail_from != address else ""
    return Organizer(address, seat.session.society.name, sender)


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
