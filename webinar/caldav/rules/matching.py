"""Whether an event is one of those asked for (RFC 4791 9.7 to 9.9), series by their instances."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from webinar.caldav.rules.asking import Filter, Span, TextMatch
from webinar.calendars.ics.event import CalendarEvent
from webinar.timekeeping.recurrence.rule import parse_rule
from webinar.timekeeping.recurrence.series import Override, Recurrence, occurrences
from webinar.timekeeping.recurrence.values import Kind, Length, Stamp
from webinar.timekeeping.wall import local_of

TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "URL")
"""The properties that can be searched for."""

_MOVED = timedelta(days=366)


def matches(event: CalendarEvent, asked: Filter) -> bool:
    """Whether the event, or one of its instances, is asked for."""
    if not asked.takes_events or not all(_holds(event, text) for text in asked.texts):
        return False
    span = asked.span
    return span is None or any(_overlaps(start, end, span) for start, end in times(event, span))


def times(event: CalendarEvent, span: Span) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of each instance, aware UTC, at least of all those that lie in `span`."""
    if event.rrule is None:
        yield event.start_at, event.end_at
        return
    # A moved instance may lie well before where the rule puts it.
    until_at = span.end_at + _MOVED if span.end_at and span.end_at.year < 2400 else None
    for each in occurrences(_recurrence(event), until_at=until_at).occurrences:
        yield each.start_at, each.end_at


def _recurrence(event: CalendarEvent) -> Recurrence:
    zone_name = event.zone_name or "Etc/UTC"
    moved = tuple(
        Override(
            original=_stamp(each.recurs_at or each.start_at),
            start=_stamp(each.start_at),
            length=Length(exact=each.end_at - each.start_at),
        )
        for each in event.overrides
    )
    return Recurrence(
        start_local=local_of(event.start_at, zone_name),
        zone_name=zone_name,
        length=Length(exact=event.end_at - event.start_at),
        rule=parse_rule(event.rrule or ""),
        excluded=tuple(map(_stamp, event.exdates)),
        overrides=moved,
    )


def _stamp(at: datetime) -> Stamp:
    return Stamp(at.astimezone(UTC).replace(tzinfo=None), Kind.UTC)


def _overlaps(start_at: datetime, end_at: datetime, span: Span) -> bool:
    before = span.end_at is None or start_at < span.end_at
    return before and (span.start_at is None or end_at > span.start_at)


def _holds(event: CalendarEvent, wanted: TextMatch) -> bool:
    found = _texts(event)[wanted.name]
    if wanted.text is None:
        return bool(found) is not wanted.is_negated
    given = wanted.text if wanted.is_exact_case else wanted.text.lower()
    held = found if wanted.is_exact_case else found.lower()
    return (given in held) is not wanted.is_negated


def _texts(event: CalendarEvent) -> dict[str, str]:
    values = (event.uid, event.summary, event.notes, event.place, event.status.value, event.url)
    return dict(zip(TEXTS, values, strict=True))
