"""Cities of zones in the visitor's language."""

from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from webinar.timekeeping import zones
from webinar.timekeeping.memory import from_zone_data
from webinar.web.viewing import current_viewing


def city_name(zone_name: str) -> str:
    """The city to show for a zone in the visitor's language: "Kathmandu", in Arabic "كاتماندو"."""
    return _city(zone_name, current_viewing().locale)


@from_zone_data
@lru_cache(maxsize=4096)
def _city(zone_name: str, locale: str) -> str:
    if locale.partition("_")[0] == "en" or zones.region(zone_name) == "UTC":
        return zones.city(zone_name)
    named, canonical = Locale.parse(locale).time_zones, zones.canonical(zone_name)
    found = (named.get(each, {}).get("city") for each in (canonical, *_older_names().get(canonical, ())))
    return next((str(city) for city in found if city), zones.city(zone_name))


@from_zone_data
@cache
def _older_names() -> dict[str, list[str]]:
    # CLDR names the cities of zones by the oldest names, such as Asia/Calcutta, and never renames them.
    older: dict[str, list[str]] = {}
    for old, new in get_global("zone_aliases").items():
        older.setdefault(new, []).append(old)
    return older
