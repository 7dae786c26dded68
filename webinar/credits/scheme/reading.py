"""A whole scheme or requirement read from data, and contradictions between its rules refused."""

from datetime import date
from fractions import Fraction

from webinar.credits.rules.record import Record
from webinar.credits.rules.refused import CreditRefused
from webinar.credits.rules.terms import (
    UNCREDITED_KINDS,
    Requirement,
    Scheme,
    Source,
    TierDayBasis,
    TimeBasis,
)
from webinar.credits.scheme import clauses
from webinar.credits.scheme.basis import basis

_CARD = (
    "id", "version", "valid_from", "valid_to", "superseded_by", "authority", "formats", "unit", "decimals",
    "settings", "notes", "sources",
)  # fmt: skip
_SCHEME = (
    "basis", "excluded_kinds", "creditable_extra", "attendance", "rounding", "half_day_at", "minimum",
    "gates", "bonuses", "caps", "roles",
)  # fmt: skip
_REQUIREMENT = ("total", "year_cap", "bucket_min", "bucket_max", "distinct_min", "flags")
_MOST_DECIMALS = 12


def read_terms(data: object) -> Scheme | Requirement:
    """The scheme (an object with `basis`) or requirement (one without) in `data`. Raises CreditRefused."""
    return read_scheme(data) if "basis" in Record(data, "the scheme").data else read_requirement(data)


def read_scheme(data: object) -> Scheme:
    """The scheme in `data`, numbers as ints, Decimals or text. Raises CreditRefused saying what is wrong."""
    record = Record(data, "the scheme").only(*_CARD, *_SCHEME)
    found = Scheme(
        id=record.text("id"),
        version=_version(record),
        unit=record.text("unit"),
        decimals=_decimals(record),
        basis=basis(record),
        valid_from=record.day("valid_from"),
        valid_to=record.day("valid_to"),
        superseded_by=record.optional_text("superseded_by"),
        authority=record.prose("authority"),
        formats=record.texts("formats") or (),
        excluded_kinds=_kinds(record, "excluded_kinds", UNCREDITED_KINDS),
        creditable_extra=_kinds(record, "creditable_extra", frozenset()),
        attendance=clauses.attendance(record),
        rounding=clauses.rounding(record),
        half_day_at=clauses.half_day_at(record),
        minimum=record.optional_amount("minimum") or Fraction(0),
        gates=tuple(clauses.gate(row) for row in record.records("gates") or ()),
        bonuses=tuple(clauses.bonus(row) for row in record.records("bonuses") or ()),
        caps=tuple(clauses.cap(row) for row in record.records("caps") or ()),
        faculty=clauses.faculty(record),
        settings=record.texts("settings") or (),
        notes=record.prose("notes"),
        sources=_sources(record),
    )
    _refuse_contradictions(found)
    return found


def read_requirement(data: object) -> Requirement:
    """The requirement in `data`. Raises CreditRefused saying what is wrong."""
    record = Record(data, "the requirement").only(*_CARD, *_REQUIREMENT)
    found = Requirement(
        id=record.text("id"),
        version=record.label("version") or "1",
        unit=record.prose("unit"),
        valid_from=record.day("valid_from"),
        valid_to=record.day("valid_to"),
        superseded_by=record.optional_text("superseded_by"),
        authority=record.prose("authority"),
        total=record.optional_amount("total"),
        year_cap=record.optional_amount("year_cap"),
        bucket_min=record.amounts("bucket_min"),
        bucket_max=record.amounts("bucket_max"),
        distinct_min=0 if record.get("distinct_min") is None else record.whole("distinct_min"),
        flags=record.texts("flags") or (),
        notes=record.prose("notes"),
        sources=_sources(record),
    )
    _refuse_backward_dates(found.valid_from, found.valid_to)
    return found


def _refuse_contradictions(found: Scheme) -> None:
    """Rules that no order of evaluation could give a meaning."""
    _refuse_backward_dates(found.valid_from, found.valid_to)
    capped_days = found.cap("day") is not None or found.cap("half_day") is not None
    if capped_days and found.rounding.at != "day":
        raise CreditRefused("A cap per day or half day needs rounding at “day”.")
    if found.cap("half_day") is not None and isinstance(found.basis, TierDayBasis):
        raise CreditRefused("Tiers are reached by the whole day: a cap per half day cannot apply.")
    if found.creditable_extra and not (
        isinstance(found.basis, TimeBasis) and found.rounding.at == "activity"
    ):
        raise CreditRefused(
            "“creditable_extra” needs a basis of time and rounding at “activity”: "
            "extra minutes belong to no session and no day."
        )


def _refuse_backward_dates(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise CreditRefused("“valid_to” lies before “valid_from”.")


def _version(record: Record) -> str:
    version = record.label("version")
    return record.text("version") if version is None else version


def _decimals(record: Record) -> int:
    decimals = record.whole("decimals")
    if decimals > _MOST_DECIMALS:
        raise CreditRefused(f"{record.name('decimals')} must be at most {_MOST_DECIMALS}.")
    return decimals


def _sources(record: Record) -> tuple[Source, ...]:
    return tuple(Source(row.text("url"), row.prose("says")) for row in record.records("sources") or ())


def _kinds(record: Record, key: str, absent: frozenset[str]) -> frozenset[str]:
    kinds = record.texts(key)
    return absent if kinds is None else frozenset(kinds)
