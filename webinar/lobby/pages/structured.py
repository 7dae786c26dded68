"""What search engines read of a session: schema.org's Event and a summary."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from webinar.lobby.pages.row import is_moved
from webinar.sessions.models import Answer, Session, State
from webinar.timekeeping.zones import zone
from webinar.web.addresses import absolute


def event(session: Session, *, full: bool) -> dict[str, Any]:
    """schema.org Event of a public session, with speakers who accepted; times carry their offset."""
    url = absolute("lobby.session", session=session.slug)
    held: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": session.title,
        "description": summary(session),
        "url": url,
        "startDate": _with_offset(session.starts_at, session.zone_name),
        "endDate": _with_offset(session.ends_at, session.zone_name),
        "eventStatus": _status(session),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": url},
        "inLanguage": session.locale.replace("_", "-"),
        "isAccessibleForFree": True,
        "offers": _offer(url, session, full=full),
        "organizer": {
            "@type": "Organization",
            "name": session.society.name,
            "url": absolute("lobby.society", slug=session.society.slug),
        },
        "performer": [
            {"@type": "Person", "name": speaker.name}
            for speaker in session.speakers
            if speaker.answer == Answer.CONFIRMED
        ],
    }
    if session.state == State.PUBLISHED and session.struck_at:
        held["previousStartDate"] = _with_offset(session.struck_at, session.zone_name)
    if session.capacity:
        held["maximumVirtualAttendeeCapacity"] = session.capacity
    return held


def summary(session: Session) -> str:
    """Two lines at most of what it is about, plain: the abstract's beginning, else what and how long."""
    words = " ".join(session.abstract.split())
    if not words:
        return _("Free, online, %(minutes)s minutes.", minutes=session.minutes)
    return words if len(words) <= 200 else words[:199].rsplit(" ", 1)[0] + " …"


def _status(session: Session) -> str:
    if session.state == State.CANCELLED:
        return "https://schema.org/EventCancelled"
    return f"https://schema.org/{'EventRescheduled' if is_moved(session) else 'EventScheduled'}"


def _offer(url: str, session: Session, *, full: bool) -> dict[str, Any]:
    shut = full or session.state == State.CANCELLED
    return {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "USD",
        "availability": f"https://schema.org/{'SoldOut' if shut else 'InStock'}",
        "url": url,
    } | ({"validFrom": session.published_at.isoformat()} if session.published_at else {})


def _with_offset(at: datetime, zone_name: str) -> str:
    return at.astimezone(zone(zone_name)).isoformat(timespec="seconds")
