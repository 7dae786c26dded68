"""The basis of a scheme: by time, by tiers of a day, by piece, or by stages."""

from fractions import Fraction

from webinar.credits.rules.record import Record
from webinar.credits.rules.refused import CreditRefused
from webinar.credits.rules.terms import Basis, ItemBasis, StagesBasis, Tier, TierDayBasis, TimeBasis


def basis(record: Record) -> Basis:
    """What the scheme pays for. Raises CreditRefused."""
    given = Record(record.get("basis"), record.name("basis"))
    kind = given.choice("kind", ("time", "tier_day", "item", "stages")) or given.text("kind")
    if kind == "time":
        given.only("kind", "minutes_per_unit", "multiplier")
        multiplier = given.optional_amount("multiplier")
        return TimeBasis(
            given.positive("minutes_per_unit"), Fraction(1) if multiplier is None else multiplier
        )
    if kind == "tier_day":
        return TierDayBasis(_tiers(given.only("kind", "tiers")))
    if kind == "item":
        return ItemBasis(given.only("kind", "per_item").amount("per_item"))
    return StagesBasis(_stages(given.only("kind", "table")))


def _tiers(given: Record) -> tuple[Tier, ...]:
    rows = [row.only("min_minutes", "credits") for row in given.records("tiers") or ()]
    if not rows:
        raise CreditRefused(f"{given.name('tiers')} must hold at least one tier.")
    return tuple(Tier(row.amount("min_minutes"), row.amount("credits")) for row in rows)


def _stages(given: Record) -> tuple[tuple[frozenset[str], Fraction], ...]:
    table = given.amounts("table")
    if not table:
        raise CreditRefused(f"{given.name('table')} must hold at least one entry.")
    return tuple((frozenset(part.strip() for part in key.split("+")), credit) for key, credit in table)
