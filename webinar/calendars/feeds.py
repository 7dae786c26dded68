"""Calendars that programs subscribe to: personal, society, series; and single sessions as a file."""

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.feed import Calendar, feed
from webinar.calendars.models import FeedKey
from webinar.calendars.pages import event_of, file_path
from webinar.calendars.queries import feeds as queries
from webinar.calendars.queries.feeds import Trace
from webinar.calendars.rules.showing import is_fresh, last_modified, should_note_reading, version_tag, window
from webinar.calendars.service import feed_keys as service
from webinar.config import settings
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.registration.models import SeatState
from webinar.registration.queries.seats import by_ticket
from webinar.societies.models import Society
from webinar.societies.queries import by_slug
from webinar.timekeeping import clock
from webinar.timekeeping.zones import TZDATA_VERSION
from webinar.web import languages
from webinar.web.addresses import absolute_path
from webinar.web.preferences import known_zone

bp = Blueprint("feeds", __name__)

WRITER = 1
"""Raised whenever the same rows come out as other bytes, so that no reader keeps the old ones."""
MAX_AGE = 300


class FeedRevoked(Refusal):
    """The calendar's address was replaced by its owner."""

    status = 410


@dataclass(frozen=True)
class Served:
    """A feed before it is written: its header, what its bytes depend on, and how to get its events."""

    calendar: Calendar
    trace: Trace
    events: Callable[[], Iterable[CalendarEvent]]
    is_private: bool = False
    file_name: str = ""


@bp.get("/calendars/<token>.ics")
def personal(token: str) -> ResponseReturnValue:
    """One person's confirmed sessions, with their join links."""
    now = clock.now()
    key = queries.key_by_token(token)
    if key.revoked_at is not None:
        raise FeedRevoked("This calendar address was replaced. Its owner finds the new one in their agenda.")
    key_id, note = key.id, should_note_reading(key.last_read_at, now)
    answer = _answer(_personal(key, token, now), now)
    if note:
        with transaction():
            service.note_reading(key_id, now)
    return answer


@bp.get("/<slug>/calendar.ics")
def society(slug: str) -> ResponseReturnValue:
    """Everything that a society has published."""
    now = clock.now()
    found, span = by_slug(slug), window(now)
    served = Served(
        _calendar(found, found.name, f"/{slug}/calendar.ics", f"/{slug}"),
        queries.trace_of_society(found.id, span),
        lambda: [event_of(session) for session in queries.of_society(found.id, span)],
    )
    return _answer(served, now)


@bp.get("/<slug>/series/<series>.ics")
def series(slug: str, series: str) -> ResponseReturnValue:
    """The published sessions of one series."""
    now = clock.now()
    found, span = queries.series_of(slug, series), window(now)
    name = f"{found.title} · {found.society.name}"
    served = Served(
        _calendar(found.society, name, f"/{slug}/series/{series}.ics", f"/{slug}/series/{series}"),
        queries.trace_of_series(found.id, span),
        lambda: [event_of(session) for session in queries.of_series(found.id, span)],
    )
    return _answer(served, now)


@bp.get("/s/<session>.ics")
def session(session: str) -> ResponseReturnValue:
    """One public session, as a file to open."""
    found = queries.public_session(session)
    trace = Trace(((found.id, found.revision, found.changed_at),), (found.changed_at,))
    calendar = _calendar(found.society, found.title, file_path(found), f"/s/{found.lead.slug}")
    served = Served(calendar, trace, lambda: [event_of(found)], file_name=f"{found.slug}.ics")
    return _answer(served, clock.now())


@bp.get("/t/<token>/invite.ics")
def invite(token: str) -> ResponseReturnValue:
    """One's own session with the join link, as a file to open; before a seat is sure, the public one."""
    seat = by_ticket(token)
    held = seat if seat.state is SeatState.CONFIRMED else None
    found = seat.session
    marks = (found.id, found.revision, found.changed_at, seat.version, seat.changed_at)
    trace = Trace((marks,), (found.changed_at, seat.changed_at))
    calendar = _calendar(found.society, found.title, file_path(found, seat), f"/t/{token}")
    served = Served(
        calendar, trace, lambda: [event_of(found, held)], is_private=True, file_name=f"{found.slug}.ics"
    )
    return _answer(served, clock.now())


def _personal(key: FeedKey, token: str, now: datetime) -> Served:
    person, span = key.person, window(now)
    with force_locale(languages.known(person.locale) or languages.DEFAULT):
        name = _("My sessions")
    calendar = Calendar(
        name=name,
        zone_name=known_zone(person.zone_name) or "Etc/UTC",
        source=absolute_path(f"/calendars/{token}.ics"),
        url=absolute_path("/me"),
    )
    person_marks = (person.id, person.zone_name, person.locale)
    trace = queries.trace_of_person(person.id, span)
    return Served(
        calendar,
        Trace((person_marks, *trace.marks), trace.changes),
        lambda: [event_of(seat.session, seat) for seat in queries.seats_of_person(person.id, span)],
        is_private=True,
    )


def _calendar(owner: Society, name: str, path: str, page: str) -> Calendar:
    return Calendar(
        name=name,
        zone_name=owner.zone_name,
        description=owner.about,
        source=absolute_path(path),
        url=absolute_path(page),
        colour=owner.brand_colour,
    )


def _answer(served: Served, now: datetime) -> Response:
    """304 if the reader holds this version, decided before anything is written; else the bytes."""
    tag = version_tag(WRITER, TZDATA_VERSION, settings().base_url, served.calendar, served.trace.marks)
    zipped = request.accept_encodings["gzip"] > 0
    modified_at = last_modified(window(now).day_at, served.trace.changes)
    held = list(request.if_none_match.as_set(include_weak=True))
    if request.if_none_match.star_tag:
        held.append("*")
    if is_fresh(held, [tag, _zipped(tag)], since=request.if_modified_since, at=modified_at):
        answer = make_response(b"", 304)
        del answer.headers["Content-Type"]
    else:
        answer = _body(served, zipped=zipped)
    answer.set_etag(_zipped(tag) if zipped else tag)
    answer.last_modified = modified_at
    return _headed(answer, served)


def _zipped(tag: str) -> str:
    return f"{tag}-gzip"


def _body(served: Served, *, zipped: bool) -> Response:
    body = feed(served.calendar, served.events()).body
    answer = make_response(gzip.compress(body, 6, mtime=0) if zipped else body)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    if zipped:
        answer.headers["Content-Encoding"] = "gzip"
    if served.file_name:
        answer.headers["Content-Disposition"] = f'attachment; filename="{served.file_name}"'
    return answer


def _headed(answer: Response, served: Served) -> Response:
    scope = "private" if served.is_private else "public"
    answer.headers["Cache-Control"] = f"{scope}, max-age={MAX_AGE}, must-revalidate"
    answer.headers["X-Robots-Tag"] = "noindex"
    if served.is_private:
        answer.headers["Referrer-Policy"] = "no-referrer"
    answer.vary.add("Accept-Encoding")
    return answer
