"""Variant: one feed in one form, language, zone and with or without reminders, by its address's parameters."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

ALARMS = (5, 10, 15, 30, 60, 120, 1440)
"""Minutes before the start at which a reminder may be asked for."""

MOST_VARIANTS = 12
"""Variants kept of one scope beside the plain ones; the oldest makes room for a new one."""


class Form(StrEnum):
    """In what form a feed is written."""

    ICS = "ics"
    ATOM = "atom"
    JSON = "json"


@dataclass(frozen=True)
class Variant:
    """How a reader wants a feed; the plain one is what its address gives without parameters.

    `locale` "" and `zone_name` "" mean the feed's own, `alarm_minutes` 0 no reminder, `whole` all of
    history instead of the window.
    """

    form: Form = Form.ICS
    locale: str = ""
    zone_name: str = ""
    alarm_minutes: int = 0
    whole: bool = False

    @property
    def text(self) -> str:
        """The variant's name in the store: equal wishes, equal text."""
        alarm = str(self.alarm_minutes or "")
        return "|".join((self.form.value, self.locale, self.zone_name, alarm, "all" if self.whole else ""))

    @property
    def query(self) -> str:
        """The parameters that ask for it, "" for none."""
        asked = {
            "lang": self.locale,
            "zone": self.zone_name,
            "alarm": str(self.alarm_minutes or ""),
            "all": "1" if self.whole else "",
        }
        query = urlencode({name: value for name, value in asked.items() if value}, safe="/")
        return f"?{query}" if query else ""

    @property
    def is_plain(self) -> bool:
        """Whether it is the address without parameters."""
        return self == Variant(self.form)

    @property
    def has_own_words(self) -> bool:
        """Whether its events are written as for everybody in that language, so that fragments serve it."""
        return not self.zone_name and not self.alarm_minutes


def wanted(
    form: Form, query: Mapping[str, str], locales: Collection[str], zone_of: Callable[[str], str | None]
) -> Variant:
    """The variant that `?lang= ?zone= ?alarm= ?all=` ask for; what we do not know counts as not asked for.

    A calendar program shows nobody an error page: a feed must not die of a parameter. `zone_of` gives the
    current IANA name, or None.
    """
    if not query:
        return Variant(form)
    locale, alarm = query.get("lang", "").replace("-", "_"), query.get("alarm", "")
    minutes = int(alarm) if alarm.isascii() and alarm.isdigit() and len(alarm) < 5 else 0
    calendar = form is Form.ICS
    return Variant(
        form=form,
        locale=locale if locale in locales else "",
        zone_name=zone_of(query.get("zone", "")) or "",
        alarm_minutes=minutes if calendar and minutes in ALARMS else 0,
        whole=calendar and query.get("all") == "1",
    )
