"""Instants and wall times as iCalendar DATE-TIME values (RFC 5545 3.3.5)."""

from datetime import UTC, datetime, timedelta

from webinar.calendars.ics.unwritable import Unwritable
from webinar.timekeeping.zones import Zone


def utc(at: datetime) -> str:
    """The aware instant `at` in form 2, such as 20261101T070000Z. Raises Unwritable for a naive time."""
    return f"{wall(in_utc(at))}Z"


def in_utc(at: datetime) -> datetime:
    """The aware instant `at` in UTC, whole seconds. Raises Unwritable for a naive time."""
    if at.tzinfo is UTC and not at.microsecond:
        return at
    if at.tzinfo is None or at.utcoffset() is None:
        raise Unwritable(f"The time {at.isoformat()} has no zone.")
    return at.astimezone(UTC).replace(microsecond=0)


def wall(local: datetime) -> str:
    """The wall time of `local` in form 1 or 3, without its zone."""
    return f"{local.year:04}{local.month:02}{local.day:02}T{local.hour:02}{local.minute:02}{local.second:02}"


def readable_local(at: datetime, zone: Zone) -> datetime | None:
    """The naive wall time that every reader turns back into `at`; None in either hour of a fold.

    RFC 5545 3.3.5 reads an ambiguous wall time as its first occurrence, most readers as its second.
    """
    local = in_utc(at).astimezone(zone)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return None if twice else local.replace(tzinfo=None)


def original_local(at: datetime, zone: Zone, start_local: datetime) -> datetime:
    """The naive wall time by which a series that starts at `start_local` names its occurrence at `at`.

    An occurrence inside a gap is named by the wall time that the clock skipped. Raises Unwritable
    when no wall time reads back as `at`.
    """
    local = in_utc(at).astimezone(zone)
    for days in (0, -1):
        day = local.date() + timedelta(days=days)
        named = datetime.combine(day, start_local.time(), tzinfo=zone)
        if named.astimezone(UTC) == in_utc(at):
            return named.replace(tzinfo=None)
    readable = readable_local(at, zone)
    if readable is None:
        raise Unwritable(f"The wall time of {utc(at)} exists twice in {zone.key}; readers take the first.")
    return readable
