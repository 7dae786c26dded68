"""A time zone by what people type: a city, a country, an IANA or Windows name; doubts are answered with choices."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import ValidationError

from webinar.timekeeping import zones
from webinar.timekeeping.search import Candidate, find_zones
from webinar.web.city_names import city_name
from webinar.web.fields.text import LineField
from webinar.web.viewing import current_viewing


@dataclass(frozen=True)
class ZoneChoice:
    """One zone that may be meant: IANA name, words such as "Kathmandu (UTC+05:45)"."""

    value: str
    words: str


class ZoneField(LineField):
    """Typed with the help of `<datalist id="zones">`; `data` is a current IANA name.

    "Kathmandu", "birgunj", "Nepal", "Nepal Standard Time" and "Asia/Katmandu" are understood. What may
    mean several, such as BST, is answered with `choices`: radio buttons of the field's own name below the
    text, which stays. One picked there counts as long as the text above it can mean it.
    """

    html = {"list": "zones", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}  # noqa: RUF012
    empty_sentence = lazy_gettext("Please choose a time zone, such as Asia/Kathmandu.")
    choices: tuple[ZoneChoice, ...] = ()
    picked = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the typed text and, from the radio buttons, what was picked for it."""
        super().process_formdata(valuelist)
        self.picked = valuelist[1] if len(valuelist) > 1 else ""

    def check(self) -> None:
        """Refuse what names no zone, and offer what it may mean."""
        super().check()
        found = find_zones(self.data, current_viewing().now)
        named = {candidate.zone_name for candidate in found.candidates}
        meant = found.zone_name or (self.picked if self.picked in named else None)
        if meant is None:
            self.choices = tuple(map(_choice, found.candidates))
            raise ValidationError(self._doubt())
        self.data = meant

    @property
    def meaning(self) -> str:
        """What the field holds in words, such as "Kathmandu (UTC+05:45)"; "" for what is no zone."""
        try:
            name = zones.canonical(self.data or "")
        except zones.UnknownZone:
            return ""
        return f"{city_name(name)} ({zones.offset_label(current_viewing().now, name)})"

    def _doubt(self) -> str:
        if not self.choices:
            return _("We do not know this time zone. Please use a city, or a name such as Asia/Kathmandu.")
        return _("This does not name one time zone. Which one do you mean?")


def _choice(found: Candidate) -> ZoneChoice:
    return ZoneChoice(found.zone_name, f"{city_name(found.zone_name)} ({found.offset_label})")
