"""Rows of sessions as one reader's calendar shows them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import structlog
from sqlalchemy import Row

from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.pages.session import Reader, Shown, event_shown
from webinar.calendars.rules.showing import sequence
from webinar.subscriptions.models import ScopeKind
from webinar.subscriptions.rules.variant import Variant
from webinar.web.preferences import known_zone

log = structlog.get_logger()
Written = TypeVar("Written")
SessionRow = Row[*tuple[Any, ...]]

_READERS = {ScopeKind.PERSON: Reader.HOLDER, ScopeKind.ORGANISER: Reader.ORGANISER}


def event_of_row(kind: ScopeKind, row: SessionRow, variant: Variant) -> CalendarEvent:
    """A row of `queries.events.rows` as an event, in the words of `variant`."""
    event = event_shown(shown_of(kind, row, variant))
    return replace(event, alarm_minutes=variant.alarm_minutes) if variant.alarm_minutes else event


def shown_of(kind: ScopeKind, row: SessionRow, variant: Variant) -> Shown:
    """The same as what a calendar shows, before it is put into words."""
    reader = _READERS.get(kind, Reader.ANYBODY)
    holder = reader is Reader.HOLDER
    return Shown(
        reader=reader,
        uid=row.uid,
        sequence=sequence(row.revision, row.seat_version),
        created_at=row.created_at,
        changed_at=max(row.changed_at, row.seat_changed_at) if holder else row.changed_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone_name=row.zone_name,
        title=row.title,
        hour=None if holder else row.hour,
        state=row.state,
        cancelled_because=row.cancelled_because,
        society=row.society,
        page_path=_page(reader, row),
        join_path=f"/j/{token_of(TokenKind.JOIN, row.nonce)}" if holder else "",
        reader_zone=variant.zone_name or (_own_zone(row) if holder else None),
        locale=variant.locale or (row.seat_locale if holder else row.locale),
    )


def _page(reader: Reader, row: SessionRow) -> str:
    if reader is Reader.HOLDER:
        return f"/t/{token_of(TokenKind.TICKET, row.nonce)}"
    if reader is Reader.ORGANISER:
        return f"/{row.society_slug}/sessions/{row.slug}/check"
    return f"/s/{row.lead_slug}"


def _own_zone(row: SessionRow) -> str:
    return known_zone(row.seat_zone) or known_zone(row.person_zone) or str(row.zone_name)


def written(kind: ScopeKind, row: SessionRow, write: Callable[[SessionRow], Written]) -> Written | None:
    """What `write` makes of a row; None, and a line in the log, where it cannot: one bad event costs no feed."""
    try:
        return write(row)
    except (ValueError, TypeError, AttributeError, OverflowError, LookupError) as error:
        log.error("event left out of a feed", session=row.id, scope=kind.value, error=repr(error))
        return None
