"""A case in JSON (a scheme and an input) and its answer in JSON."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import NoReturn

from webinar.credits.rules.engine import compute
from webinar.credits.rules.reading import credit_input, requirement_input
from webinar.credits.rules.refused import CreditRefused
from webinar.credits.rules.requirement import judge
from webinar.credits.rules.terms import Requirement, Scheme
from webinar.credits.scheme.reading import read_terms
from webinar.credits.schemes import named


def answer(case: object) -> dict[str, object]:
    """The answer to `{"scheme": <object or id>, "input": {…}}`: a credit result or a judged requirement.

    Other keys of the case are passed over. Raises CreditRefused with a sentence.
    """
    if not isinstance(case, Mapping):
        raise CreditRefused("A case must be an object with “scheme” and “input”.")
    terms = _terms(case.get("scheme"))
    if isinstance(terms, Requirement):
        return judge(terms, requirement_input(case.get("input"))).data()
    return compute(terms, credit_input(case.get("input"), terms)).data()


def case_from_text(text: str) -> object:
    """The JSON in `text`, its numbers as exact decimals. Raises CreditRefused where it is no JSON."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError):
        raise CreditRefused("The case is not valid JSON.") from None


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def _terms(scheme: object) -> Scheme | Requirement:
    if scheme is None:
        raise CreditRefused("The case names no scheme.")
    return named(scheme) if isinstance(scheme, str) else read_terms(scheme)
