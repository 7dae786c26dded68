"""A feed's calendar: kept fragments joined, missing ones written from rows."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from webinar.calendars.ics.feed import Calendar, StoredEvent, sewn, stored
from webinar.calendars.ics.fragment import ZoneYears
from webinar.config import settings
from webinar.subscriptions.models import ScopeKind
from webinar.subscriptions.pages.events import event_of_row, written
from webinar.subscriptions.pages.writer import writer
from webinar.subscriptions.queries import events
from webinar.subscriptions.queries.events import Owner
from webinar.subscriptions.rules.sealed import opened, sealed
from webinar.subscriptions.rules.variant import Variant
from webinar.subscriptions.rules.window import Window


@dataclass
class Pieces:
    """VEVENTs in order, the zone years that they need, and the columns of fragments that are new."""

    bodies: list[bytes] = field(default_factory=list)
    zone_years: list[ZoneYears | None] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)

    def add(self, body: bytes, zone_years: ZoneYears | None) -> None:
        """One more VEVENT, later than those before."""
        self.bodies.append(body)
        self.zone_years.append(zone_years)


def calendar_bytes(calendar: Calendar, pieces: Pieces, most_bytes: int) -> bytes:
    """The calendar of the pieces; the earliest are left out of what would be too large."""
    size, first = sum(map(len, pieces.bodies)), 0
    while size > most_bytes:
        size -= len(pieces.bodies[first])
        first += 1
    return sewn(calendar, pieces.bodies[first:], pieces.zone_years[first:])


def pieces_of(owner: Owner, span: Window, variant: Variant) -> Pieces:
    """The VEVENTs of a scope. An event that cannot be written is left out and logged, never the feed."""
    if not variant.has_own_words:
        return _written(owner, span, variant)
    kept = events.kept(owner, span, variant.locale, writer())
    missing = [each.session_id for each in kept if each.body is None]
    made = {row.id: (row, one) for row, one in _events(owner, span, variant, missing)}
    pieces, secret = Pieces(), owner.kind is ScopeKind.PERSON
    for each in kept:
        body = opened(each.body, settings().secret_key) if secret and each.body else each.body
        if body is not None:
            pieces.add(body, _years(each))
        elif each.session_id in made:
            row, one = made[each.session_id]
            pieces.add(one.body, one.zone_years)
            pieces.new.append(_fragment(row, one, variant, secret=secret))
    return pieces


def _written(owner: Owner, span: Window, variant: Variant) -> Pieces:
    pieces = Pieces()
    for _row, one in _events(owner, span, variant, events.listed(owner, span)):
        pieces.add(one.body, one.zone_years)
    return pieces


def _events(
    owner: Owner, span: Window, variant: Variant, ids: list[int]
) -> Iterable[tuple[Row[*tuple[Any, ...]], StoredEvent]]:
    for row in events.rows(owner, span, ids):
        if one := written(owner.kind, row, lambda row: stored(event_of_row(owner.kind, row, variant))):
            yield row, one


def _years(kept: events.Kept) -> ZoneYears | None:
    return ZoneYears(*kept[2:]) if kept.zone_name else None  # type: ignore[arg-type]


def _fragment(
    row: Row[*tuple[Any, ...]], one: StoredEvent, variant: Variant, *, secret: bool
) -> dict[str, Any]:
    """The columns under which a VEVENT is kept."""
    name, first, last = one.zone_years or (None, None, None)
    return {
        "session_id": row.id,
        "reader": row.reader,
        "locale": variant.locale,
        "changed_at": row.changed_at,
        "seat_version": row.seat_version,
        "mark": row.mark,
        "writer": writer(),
        "etag": hashlib.sha256(one.body).hexdigest()[:32],
        "body": sealed(one.body, settings().secret_key) if secret else one.body,
        "zone_name": name,
        "first_year": first,
        "last_year": last,
        "ends_at": row.ends_at,
    }
