"""What an address's parameters ask for, checked against the languages and zones that we have."""

from collections.abc import Mapping

from webinar.subscriptions.rules.variant import Form, Variant, wanted
from webinar.timekeeping import zones
from webinar.web import languages
from webinar.web.preferences import known_zone


def variant_of(form: Form, query: Mapping[str, str]) -> Variant:
    """The variant of a feed in one form that the parameters ask for."""
    return wanted(form, query, languages.available(), _current)


def _current(name: str) -> str | None:
    known = known_zone(name)
    return zones.canonical(known) if known else None
