"""The shipped schemes and requirements, one data file per version: `<id>@<version>.json`."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from webinar.credits.rules.refused import CreditRefused
from webinar.credits.rules.terms import Requirement, Scheme
from webinar.credits.rules.versions import Dated, newest, valid_on
from webinar.credits.scheme.reading import read_terms


@cache
def shipped() -> dict[str, Scheme | Requirement]:
    """Every shipped version by its reference `id@version`, in the order of references."""
    files = [each for each in resources.files(__name__).iterdir() if each.name.endswith(".json")]
    texts = (each.read_text(encoding="utf-8") for each in sorted(files, key=lambda each: each.name))
    found = (read_terms(json.loads(text, parse_float=Decimal)) for text in texts)
    return {f"{each.id}@{each.version}": each for each in found}


def schemes() -> list[Scheme]:
    """Every shipped version of every scheme."""
    return [each for each in shipped().values() if isinstance(each, Scheme)]


def requirements() -> list[Requirement]:
    """Every shipped version of every requirement."""
    return [each for each in shipped().values() if isinstance(each, Requirement)]


def named(reference: str) -> Scheme | Requirement:
    """The version `id@version`, or of a bare `id` the newest. Raises CreditRefused if none is shipped."""
    if reference in shipped():
        return shipped()[reference]
    found = newest(_same_id(schemes(), reference)) or newest(_same_id(requirements(), reference))
    if found is None:
        raise CreditRefused(f"There is no scheme or requirement “{reference}”.")
    return found


def scheme_for(scheme_id: str, first_day: date) -> Scheme:
    """The version valid on the activity's first local day (`CreditInput.first_day`).

    Raises CreditRefused if no version of that id was in force.
    """
    found = valid_on(_same_id(schemes(), scheme_id), first_day)
    if found is None:
        raise CreditRefused(f"No version of the scheme “{scheme_id}” was in force on {first_day}.")
    return found


def _same_id(versions: Iterable[Dated], wanted: str) -> list[Dated]:
    return [each for each in versions if each.id == wanted]
