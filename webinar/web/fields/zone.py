"""A time zone by its IANA name, or by a city that names exactly one."""

import difflib
import unicodedata
from functools import cache

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import ValidationError

from webinar.timekeeping import zones
from webinar.web.fields.text import LineField


class ZoneField(LineField):
    """Typed with the help of `<datalist id="zones">`; `data` is an IANA name as tzdata writes it.

    "asia/kathmandu", "Kathmandu" and "new york" are understood. Anything else is answered with the
    nearest names.
    """

    html = {"list": "zones", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}  # noqa: RUF012
    empty_sentence = lazy_gettext("Please choose a time zone, such as Asia/Kathmandu.")

    def check(self) -> None:
        """Refuse what names no zone, offering the nearest."""
        super().check()
        found = find_zone(self.data)
        if found is None:
            raise ValidationError(_no_zone(self.data))
        self.data = found


def find_zone(typed: str) -> str | None:
    """The zone that `typed` names: an IANA name in any case, or a city of exactly one zone; else None."""
    return _names().get(_plain(typed)) or _exact(typed)


def nearest_zones(typed: str, most: int = 3) -> list[str]:
    """IANA names that look or sound most like `typed`, best first."""
    found = difflib.get_close_matches(_plain(typed)[:60], list(_names()), n=most * 2, cutoff=0.6)
    return list(dict.fromkeys(_names()[name] for name in found))[:most]


def _exact(typed: str) -> str | None:
    # Legacy names such as US/Eastern are zones too, though nobody is offered them.
    try:
        return typed if zones.zone(typed) else None
    except zones.UnknownZone:
        return None


def _no_zone(typed: str) -> str:
    near = nearest_zones(typed)
    if not near:
        return _("We do not know this time zone. Please use a name such as Asia/Kathmandu.")
    return _("We do not know this time zone. Did you mean %(names)s?", names=_(" or ").join(near))


@cache
def _names() -> dict[str, str]:
    by_city: dict[str, set[str]] = {}
    for name in zones.pickable():
        for word in {zones.city(name), name.rsplit("/", 1)[-1]}:
            by_city.setdefault(_plain(word), set()).add(name)
    cities = {word: names.pop() for word, names in by_city.items() if len(names) == 1}
    return {**cities, **{_plain(name): name for name in zones.pickable()}, "utc": "Etc/UTC", "gmt": "Etc/UTC"}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("_", " ").replace("’", ""))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold().strip()
