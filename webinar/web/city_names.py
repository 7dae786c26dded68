"""Cities of zones in the visitor's language."""

from functools import lru_cache

from babel.dates import get_timezone_location

from webinar.timekeeping import zones
from webinar.web.viewing import current_viewing


def city_name(zone_name: str) -> str:
    """The city to show for a zone in the visitor's language: "Kathmandu", in Arabic "كاتماندو"."""
    return _city(zone_name, current_viewing().locale)


@lru_cache(maxsize=4096)
def _city(zone_name: str, locale: str) -> str:
    if locale.partition("_")[0] == "en" or zones.region(zone_name) == "UTC":
        return zones.city(zone_name)
    return get_timezone_location(zones.zone(zones.canonical(zone_name)), locale=locale, return_city=True)
