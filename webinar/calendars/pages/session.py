"""A session as calendars show it, and the menu that puts it there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _

from webinar.calendars.ics import links
from webinar.calendars.ics.event import Attendee, CalendarEvent, Organizer, PartStat, Status
from webinar.calendars.queries import answers, feeds
from webinar.calendars.rules.showing import SESSION_ALARM_MINUTES, sequence, uid_of
from webinar.config import settings
from webinar.registration.models import Seat, SeriesSeat
from webinar.registration.queries.seats import join_path, ticket_path
from webinar.sessions.models import Session, State
from webinar.sessions.rules.words import HOUR_WORDS
from webinar.timekeeping import zones
from webinar.web import languages
from webinar.web.addresses import absolute_path
from webinar.web.instant_lines import instant_line
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


class Reader(Enum):
    """For whom an event is written."""

    ANYBODY = "anybody"
    HOLDER = "holder"
    ORGANISER = "organiser"


class Shown(NamedTuple):
    """One session as one reader's calendar shows it; `join_path` is the holder's own, else "";
    `hour` the live hour to be named behind the title.

    `changed_at` is the last change of session or seat. `reader_zone` stands first among the zones of the
    description.
    """

    reader: Reader
    uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone_name: str
    title: str
    hour: int | None
    state: State
    cancelled_because: str
    society: str
    page_path: str
    join_path: str
    reader_zone: str | None
    locale: str


def event_of(session: Session, seat: Seat | None = None) -> CalendarEvent:
    """A session as a calendar shows it: publicly, or to a seat's holder with their join link.

    The same row gives the same event: `stamp_at` is the last change. No people are in it.
    """
    return event_shown(
        Shown(
            reader=Reader.HOLDER if seat else Reader.ANYBODY,
            uid=session.uid,
            sequence=sequence(session.revision, seat.version if seat else 0),
            created_at=session.created_at,
            changed_at=max(session.changed_at, seat.changed_at) if seat else session.changed_at,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            zone_name=session.zone_name,
            title=session.title,
            hour=None if seat else session.hour,
            state=session.state,
            cancelled_because=session.cancelled_because,
            society=session.society.name,
            page_path=ticket_path(seat) if seat else f"/s/{session.lead.slug}",
            join_path=join_path(seat) if seat else "",
            reader_zone=zone_of(seat) if seat else None,
            locale=seat.locale if seat else session.locale,
        )
    )


def event_shown(shown: Shown) -> CalendarEvent:
    """The event in words, in the language of `shown.locale` or else in English."""
    return _event(shown, _words(languages.known(shown.locale) or languages.DEFAULT, settings().base_url))


def invited(event: CalendarEvent, seat: Seat, now: datetime) -> CalendarEvent:
    """`event` as an invitation to the seat's holder, made at `now`; the society's mailbox organises."""
    return replace(
        event,
        stamp_at=now,
        organizer=organizer_of(seat),
        attendee=Attendee(seat.person.email, seat.name, PartStat(answers.held_answer(seat))),
        alarm_minutes=SESSION_ALARM_MINUTES if seat.alarm else None,
    )


def organizer_of(seat: Seat | SeriesSeat) -> Organizer:
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


class _Words(NamedTuple):
    """What is the same in every event of one language; feeds hold a thousand events, so it is said once.

    `cancelled` has a place for the title.
    """

    locale: str
    cancelled: str
    draft: str
    join: str
    more: dict[Reader, str]
    hours: dict[int, str]
    base_url: str


@lru_cache(maxsize=64)
def _words(locale: str, base_url: str) -> _Words:
    with seen_as(neutral_view(locale)), force_locale(locale):
        return _Words(
            locale=locale,
            cancelled=_("Cancelled: %(title)s", title="%(title)s"),
            draft=_("A draft: nobody else sees it yet."),
            join=_("Join:"),
            more={
                Reader.HOLDER: _("Change or cancel:"),
                Reader.ORGANISER: _("Prepare and change:"),
                Reader.ANYBODY: _("Register and read more:"),
            },
            hours={hour: _(said) for hour, said in HOUR_WORDS.items()},
            base_url=base_url,
        )


def _event(shown: Shown, words: _Words) -> CalendarEvent:
    cancelled, holder = shown.state is State.CANCELLED, shown.reader is Reader.HOLDER
    title = f"{shown.title} ({words.hours[shown.hour]})" if shown.hour else shown.title
    status = Status.TENTATIVE if shown.state is State.DRAFT else Status.CONFIRMED
    return CalendarEvent(
        uid=uid_of(shown.uid, settings().mail_domain),
        sequence=shown.sequence,
        stamp_at=shown.changed_at,
        created_at=shown.created_at,
        modified_at=shown.changed_at,
        start_at=shown.starts_at,
        end_at=shown.ends_at,
        zone_name=shown.zone_name,
        summary=words.cancelled.replace("%(title)s", title) if cancelled else title,
        description=_notes(shown, words),
        url=words.base_url + shown.page_path,
        join_url=words.base_url + shown.join_path if holder and not cancelled else "",
        location="" if holder else shown.society,
        status=Status.CANCELLED if cancelled else status,
        transparent=not holder,
    )


def _notes(shown: Shown, words: _Words) -> str:
    """Plain lines: why it is off or how to join, the start in three zones, where to read more."""
    times = "\n".join([instant_line(shown.starts_at, name, words.locale) for name in _three_zones(shown)])
    more = f"{words.more[shown.reader]}\n{words.base_url}{shown.page_path}"
    return "\n\n".join([part for part in (_first(shown, words), times, more) if part])


def _first(shown: Shown, words: _Words) -> str:
    if shown.state is State.CANCELLED:
        return shown.cancelled_because
    if shown.state is State.DRAFT:
        return words.draft
    return f"{words.join}\n{words.base_url}{shown.join_path}" if shown.join_path else ""


def _three_zones(shown: Shown) -> list[str]:
    """The reader's zone, the host's, UTC, then cities far away, each clock once."""
    own = [shown.reader_zone] if shown.reader_zone else []
    by_offset: dict[timedelta, str] = {}
    for name in (*own, shown.zone_name, "Etc/UTC", *_ELSEWHERE):
        by_offset.setdefault(zones.offset(shown.starts_at, name), name)
        if len(by_offset) == 3:
            break
    return list(by_offset.values())
