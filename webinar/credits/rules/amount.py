"""Amounts: read from text and decimals into exact fractions, and written back; no binary floats."""

import re
from decimal import Decimal
from fractions import Fraction

from webinar.credits.rules.refused import CreditRefused

# Thirty digits hold every real amount; more would let a short text ask for gigabytes (1e999999999).
_DIGITS = 30
_TEXT = re.compile(
    rf"-?(?:[0-9]{{1,{_DIGITS}}}(?:\.[0-9]{{0,{_DIGITS}}})?|\.[0-9]{{1,{_DIGITS}}})"
    rf"|-?[0-9]{{1,{_DIGITS}}}/[0-9]{{1,{_DIGITS}}}"
)


def number(value: object) -> Fraction | None:
    """The exact value of a whole number, a Decimal or text such as "1.25" or "5/6"; None if it is none.

    A bool is not a number. A binary float raises CreditRefused: it has lost the figure that was written.
    """
    if isinstance(value, float):
        raise CreditRefused(f"{value!r} is a binary float; amounts are text or decimal numbers.")
    if isinstance(value, Decimal):
        return _of_decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return _of_text(str(value) if isinstance(value, str) or abs(value) < 10**_DIGITS else "")


def _of_decimal(value: Decimal) -> Fraction | None:
    if not value.is_finite() or len(value.as_tuple().digits) > 2 * _DIGITS:
        return None
    return Fraction(value) if not value or abs(value.adjusted()) <= _DIGITS else None


def _of_text(text: str) -> Fraction | None:
    if not _TEXT.fullmatch(text):
        return None
    over, _, under = text.partition("/")
    if not under:
        return Fraction(Decimal(text))
    return Fraction(int(over), int(under)) if int(under) else None


def amount(value: object, what: str) -> Fraction:
    """`value` as an exact amount of zero or more; `what` names it in the sentence of CreditRefused."""
    exact = number(value)
    if exact is None:
        raise CreditRefused(f"{what} must be a number such as “1.25” or “5/6”.")
    if exact < 0:
        raise CreditRefused(f"{what} must not be negative.")
    return exact


def value_text(value: Fraction, decimals: int = 0) -> str:
    """`value` exactly: a decimal with at least `decimals` places if it terminates, otherwise "p/q"."""
    places = _places(value.denominator)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    return _decimal_text(value, max(places, decimals))


def short_text(value: Fraction, decimals: int) -> str:
    """`value` for reading, rounded half up to `decimals` places: 67/60 with four places is "1.1167"."""
    scaled = abs(value) * 10**decimals + Fraction(1, 2)
    nearest = Fraction(scaled.numerator // scaled.denominator, 10**decimals)
    return _decimal_text(-nearest if value < 0 else nearest, decimals)


def _places(denominator: int) -> int | None:
    counts = {2: 0, 5: 0}
    for prime in counts:
        while denominator % prime == 0:
            denominator //= prime
            counts[prime] += 1
    return max(counts.values()) if denominator == 1 else None


def _decimal_text(value: Fraction, places: int) -> str:
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
