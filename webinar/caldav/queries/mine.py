"""MySessions: the sessions that one person has a seat at, as a collection."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from webinar.accounts.models import Person
from webinar.caldav.models import SyncedCollection, SyncedEvent
from webinar.caldav.port import Change, Held
from webinar.caldav.rules.etag import tag_of
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.pages.session import event_of
from webinar.calendars.rules.showing import uid_of
from webinar.config import settings
from webinar.db.store import store
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Session, State
from webinar.subscriptions.rules.window import Window
from webinar.timekeeping.zones import release

WRITER = 1
"""Raised whenever the same rows come out as other bytes."""


@dataclass(frozen=True)
class MySessions:
    """Confirmed seats within a window, cancelled sessions for a while: what the personal feed holds."""

    person_id: int
    span: Window

    def version(self) -> int:
        """The version up to which changes are in the log; 0 before the first."""
        kept = select(SyncedCollection.version).where(SyncedCollection.person_id == self.person_id)
        return store.scalar(kept) or 0

    def held(self) -> Sequence[Held]:
        """The events by start, without loading any."""
        known = settings()
        rows = store.execute(
            select(
                Session.uid,
                Session.id,
                Session.revision,
                Session.changed_at,
                Seat.id,
                Seat.version,
                Seat.changed_at,
                Person.zone_name,
            )
            .join(Seat, Seat.session_id == Session.id)
            .join(Person, Person.id == Seat.person_id)
            .where(self._shown())
            .order_by(Session.starts_at.desc(), Session.id.desc())
            .limit(self.span.most_events)
        ).all()
        ground = (WRITER, release(), known.base_url, known.mail_domain)
        return [
            Held(uid_of(row[0], known.mail_domain), tag_of(ground, tuple(row)), max(row[3], row[6]))
            for row in reversed(rows)
        ]

    def changes(self, since: int, most: int) -> Sequence[Change]:
        """What the log tells after a version, oldest first."""
        rows = store.execute(
            select(SyncedEvent.uid, SyncedEvent.version, SyncedEvent.is_gone)
            .where(SyncedEvent.person_id == self.person_id, SyncedEvent.version > since)
            .order_by(SyncedEvent.version)
            .limit(most)
        )
        return [Change(uid, version, is_gone) for uid, version, is_gone in rows]

    def events(self, uids: Collection[str]) -> Mapping[str, CalendarEvent]:
        """The seats' events, as the personal feed writes them."""
        domain = settings().mail_domain
        stored = [*uids, *(uid.removesuffix(f"@{domain}") for uid in uids)]
        seats = store.scalars(
            select(Seat)
            .join(Seat.session)
            .where(self._shown(), Session.uid.in_(stored))
            .options(
                joinedload(Seat.session).options(joinedload(Session.society), joinedload(Session.twin_of)),
                joinedload(Seat.person),
            )
        )
        events = [event_of(seat.session, seat) for seat in seats]
        return {event.uid: event for event in events if event.uid in uids}

    def _shown(self) -> ColumnElement[bool]:
        return and_(
            Seat.person_id == self.person_id,
            Seat.state == SeatState.CONFIRMED,
            Session.starts_at >= self.span.first_at,
            Session.starts_at < self.span.last_at,
            Session.published_at.is_not(None),
            or_(Session.state == State.PUBLISHED, Session.cancelled_at >= self.span.cancelled_at),
        )


@dataclass(frozen=True)
class Told:
    """What programs were last told of a UID."""

    etag: str
    is_gone: bool


def told(person_id: int) -> dict[str, Told]:
    """The last states in the log, by UID."""
    rows = store.execute(
        select(SyncedEvent.uid, SyncedEvent.etag, SyncedEvent.is_gone).where(
            SyncedEvent.person_id == person_id
        )
    )
    return {uid: Told(etag, is_gone) for uid, etag, is_gone in rows}
