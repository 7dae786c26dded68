"""The JSON input of an activity or of a requirement, read into frozen facts."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import TypeVar

from webinar.credits.rules.activity import (
    CreditInput,
    Earned,
    ExtraMinutes,
    Flag,
    PresenceRow,
    RequirementInput,
    SessionWindow,
)
from webinar.credits.rules.amount import number
from webinar.credits.rules.record import Record
from webinar.credits.rules.refused import CreditRefused
from webinar.credits.rules.terms import Scheme, StagesBasis, TierDayBasis, TimeBasis
from webinar.timekeeping.zones import UnknownZone, Zone, zone

T = TypeVar("T")


def credit_input(data: object, scheme: Scheme) -> CreditInput:
    """The activity written in `data`; raises CreditRefused with a sentence.

    Timed schemes need `sessions`, stage schemes `stages`; all else is optional. Numbers are ints,
    Decimals or text. Times are ISO 8601 with Z or an offset.
    """
    record = Record(data, "the input")
    if isinstance(scheme.basis, TimeBasis | TierDayBasis) and record.get("sessions") is None:
        raise CreditRefused("“sessions” of the input is missing.")
    if isinstance(scheme.basis, StagesBasis) and record.get("stages") is None:
        raise CreditRefused("“stages” of the input is missing.")
    items = record.optional_amount("items")
    return CreditInput(
        sessions=_rows(record, "sessions", _session),
        intervals=_rows(record, "intervals", _interval),
        zone=_zone(record),
        faculty_sessions=record.texts("faculty_sessions") or (),
        flags=_flags(record),
        extra_minutes=_rows(record, "extra_minutes", _extra),
        items=Fraction(1) if items is None else items,
        stages=frozenset(record.texts("stages") or ()),
        designated_max=record.optional_amount("designated_max"),
        cycle_so_far=record.optional_amount("cycle_so_far") or Fraction(0),
        year_so_far=record.optional_amount("year_so_far") or Fraction(0),
        claimed=record.optional_amount("claimed"),
    )


def requirement_input(data: object) -> RequirementInput:
    """The earned credits and facts written in `data`; raises CreditRefused with a sentence."""
    record = Record(data, "the input")
    return RequirementInput(earned=_rows(record, "earned", _earned), flags=_flags(record))


def instant(value: object, what: str) -> datetime:
    """ISO 8601 text with Z or an offset as an aware UTC instant in whole seconds; fractions are cut off."""
    if not isinstance(value, str):
        raise CreditRefused(f"{what} must be a time such as 2026-11-21T18:00:00Z.")
    try:
        written = datetime.fromisoformat(value)
        if written.tzinfo is None:
            raise CreditRefused(f"{what} has no zone: end it with Z or an offset such as +02:00.")
        moment = written.replace(microsecond=0).astimezone(UTC)
    except (ValueError, OverflowError):
        raise CreditRefused(f"{what} must be a time such as 2026-11-21T18:00:00Z.") from None
    if not 1 < moment.year < 9999:  # a local day at the very edge of the calendar has no neighbour
        raise CreditRefused(f"{what} lies outside the years 2 to 9998.")
    return moment


def _rows(record: Record, key: str, read: Callable[[Record], T]) -> tuple[T, ...]:
    return tuple(read(row) for row in record.records(key) or ())


def _session(row: Record) -> SessionWindow:
    return SessionWindow(
        id=row.text("id"),
        start_at=instant(row.get("start"), row.name("start")),
        end_at=instant(row.get("end"), row.name("end")),
        kind=row.optional_text("kind") or "lecture",
        track=row.label("track"),
        presentation=row.label("presentation"),
        presented_min=row.optional_amount("presented_min"),
    )


def _interval(row: Record) -> PresenceRow:
    return PresenceRow(
        from_at=instant(row.get("from"), row.name("from")),
        to_at=instant(row.get("to"), row.name("to")),
        session=row.optional_text("session"),
    )


def _extra(row: Record) -> ExtraMinutes:
    return ExtraMinutes(kind=row.text("kind"), minutes=row.amount("minutes"))


def _earned(row: Record) -> Earned:
    return Earned(credits=row.amount("credits"), bucket=row.optional_text("bucket"), year=row.label("year"))


def _zone(record: Record) -> Zone:
    try:
        return zone(record.optional_text("timezone") or "UTC")
    except UnknownZone as unknown:
        raise CreditRefused(unknown.sentence) from None


def _flags(record: Record) -> Mapping[str, Flag]:
    """Facts that are neither true, false nor a number are left out: a gate treats them as missing."""
    inner = record.record("flags")
    if inner is None:
        return {}
    read = {name: value if isinstance(value, bool) else number(value) for name, value in inner.data.items()}
    return {str(name): value for name, value in read.items() if value is not None}
