"""A country by its ISO 3166-1 code, named in the visitor's language."""

import unicodedata
from functools import lru_cache
from typing import Any

from babel import Locale
from flask_babel import lazy_gettext
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice

from webinar.web.fields.choice import ChoiceField, select_choices
from webinar.web.viewing import current_viewing

# Two-letter codes of CLDR that are no countries of ISO 3166-1: reserved, unions, tests. Kosovo (XK) stays.
NO_COUNTRIES = set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())  # noqa: SIM905


@lru_cache(maxsize=64)
def countries(locale: str) -> tuple[tuple[str, str], ...]:
    """Pairs of code and name in `locale`, sorted by name without regard to accents."""
    names = Locale.parse(locale).territories
    found = [(code, str(name)) for code, name in names.items() if _is_country(code)]
    return tuple(sorted(found, key=lambda pair: _plain(pair[1])))


def country_name(code: str) -> str:
    """The name of a country in the visitor's language; an unknown code stays as it is."""
    return dict(countries(current_viewing().locale)).get(code, code)


@lru_cache(maxsize=64)
def _choices(locale: str) -> list[SelectChoice]:
    return select_choices(countries(locale))


@lru_cache(maxsize=64)
def _options(locale: str) -> tuple[tuple[str, Markup], ...]:
    """Each country's option as HTML, not selected: a quarter of a page's time if made anew."""
    option = Markup('<option value="{}">{}</option>')
    return tuple((code, option.format(code, name)) for code, name in countries(locale))


class CountrySelect:
    """Draws the select from options made once per language."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        """The select, with the field's value selected."""
        given = {"id": field.id, "name": field.name, "required": field.required, **kwargs}
        attributes = Markup(" ").join(
            Markup('{}="{}"').format(name, "" if value is True else value)
            for name, value in given.items()
            if value is not False
        )
        selected = Markup('<option value="{}" selected>{}</option>')
        body = Markup("").join(
            selected.format(code, country_name(code)) if code == field.data else option
            for code, option in _options(current_viewing().locale)
        )
        return Markup('<select {}><option value="">{}</option>{}</select>').format(
            attributes, field.prompt, body
        )


class CountryField(ChoiceField):
    """A select of countries; `data` is the code, such as "NP", or None."""

    widget = CountrySelect()
    html = {"autocomplete": "country"}  # noqa: RUF012
    empty_sentence = lazy_gettext("Please choose your country.")

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        prompt = kwargs.pop("prompt", lazy_gettext("Choose a country"))
        super().__init__(label, prompt=prompt, **kwargs)
        self.choices = _choices(current_viewing().locale)


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
