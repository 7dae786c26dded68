"""Countries by ISO 3166-1 code, and the zones whose clocks they keep."""

from functools import cache

from webinar.timekeeping.memory import from_zone_data
from webinar.timekeeping.zones import ZoneName, canonical, countries_of_zones

_MAIN: dict[str, ZoneName] = {
    # zone.tab goes from east to west, or begins with a zone where few people live.
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
    # Not in ISO 3166-1, so not in zone.tab; tzdata keeps its clock by Belgrade.
    "XK": "Europe/Belgrade",
}


def main_zone(country: str) -> ZoneName | None:
    """The zone in which most people of a country live: "NP" → Asia/Kathmandu, "AU" → Australia/Sydney.

    The first of the country in zone.tab, which puts populous zones first, but for the few countries where
    it does not. None for a code without inhabitants or that nobody knows.
    """
    return _MAIN.get(country) or _first_zones().get(country)


def country_of(name: ZoneName) -> str | None:
    """The country whose clock a zone is: Asia/Kathmandu → "NP"; None for UTC. Raises UnknownZone."""
    return countries_of_zones().get(canonical(name))


@from_zone_data
@cache
def _first_zones() -> dict[str, ZoneName]:
    first: dict[str, ZoneName] = {}
    for name, country in countries_of_zones().items():
        first.setdefault(country, name)
    return first
