"""Time zones by IANA name, from the pinned tzdata package and never from the system's files."""

import zoneinfo
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib import import_module
from importlib.resources import files

from babel.core import get_global

from webinar.timekeeping import checks
from webinar.timekeeping.cities import CITIES as CITIES
from webinar.timekeeping.cities import WELL_KNOWN
from webinar.timekeeping.cities import City as City
from webinar.timekeeping.memory import from_zone_data

# Debian's system files win over the package unless the search path is emptied first.
zoneinfo.reset_tzpath(to=[])


Zone = zoneinfo.ZoneInfo  # noqa: TID251  the type, for annotations everywhere else
ZoneName = str
Place = Zone | ZoneName
"""What time functions accept as a zone: the zone itself or its IANA name."""


class UnknownZone(ValueError):
    """No zone of that name is in the zone data; `sentence` says what to do."""

    def __init__(self, name: str) -> None:
        self.sentence = f"“{name}” is not a time zone we know. Use an IANA name such as Asia/Kathmandu."
        super().__init__(self.sentence)


@from_zone_data
@cache
def release() -> str:
    """The IANA release that the tzdata package holds, such as "2026f"."""
    # Its file tzdata.zi says "2026b-dirty" where the package was built from a patched tree.
    return str(import_module("tzdata").IANA_VERSION)


def zone(name: ZoneName) -> Zone:
    """The zone of an IANA name, current or legacy. Raises UnknownZone."""
    if name not in _names():
        raise UnknownZone(name)
    return _loaded(name)


def place(where: Place) -> Zone:
    """The zone itself or the zone of that name. Raises UnknownZone."""
    return where if isinstance(where, Zone) else zone(where)


@from_zone_data
@lru_cache(maxsize=1024)
def canonical(name: ZoneName) -> ZoneName:
    """The current IANA name: Asia/Katmandu → Asia/Kathmandu, US/Eastern → America/New_York, UTC → Etc/UTC.

    A zone that zone.tab lists for a country is its own (Europe/Oslo stays, though tzdata links it to
    Berlin). Other names follow CLDR's alias, which keeps the country (Iceland → Atlantic/Reykjavik),
    else tzdata's backward link. Raises UnknownZone.
    """
    zone(name)
    if name in _geographic():
        return name
    alias = get_global("zone_aliases").get(name)
    if alias in _geographic():
        return str(alias)
    return _links().get(name, name)


def offset(instant: datetime, where: Place) -> timedelta:
    """What the zone adds to UTC at `instant` (aware). Raises NotAnInstant, UnknownZone."""
    return checks.instant(instant).astimezone(place(where)).utcoffset() or timedelta()


def offset_label(instant: datetime, where: Place) -> str:
    """The offset in force at `instant` (aware), such as "UTC+05:45" or "UTC-03:00"; UTC is "UTC+00:00".

    Seconds stand there only for offsets that have them (local mean times of long ago).
    Raises NotAnInstant, UnknownZone.
    """
    return shift_label(offset(instant, where))


def city(name: ZoneName) -> str:
    """The city to show for a zone: "Kathmandu", "São Paulo", "Delhi" for Asia/Kolkata.

    Etc/GMT+5 reads "UTC-05:00", because its sign is turned round. Raises UnknownZone.
    """
    current = canonical(name)
    if current.startswith("Etc/GMT"):
        return shift_label(offset(datetime(2000, 1, 1, tzinfo=UTC), current))
    return WELL_KNOWN.get(current) or current.rsplit("/", 1)[-1].replace("_", " ")


def region(name: ZoneName) -> str:
    """The first part of the current name, such as "Asia"; "UTC" for zones without a place.

    Raises UnknownZone.
    """
    first, slash, _ = canonical(name).partition("/")
    return first if slash and first != "Etc" else "UTC"


def names_of(currents: Collection[ZoneName]) -> frozenset[ZoneName]:
    """Every name, current or legacy, of the zones whose current names are given."""
    return frozenset(name for name in _names() if canonical(name) in currents)


def of_country(code: str) -> tuple[ZoneName, ...]:
    """The zones of a country by its ISO code of two letters; none for an unknown one."""
    return tuple(name for name, country in countries_of_zones().items() if country == code)


@from_zone_data
@cache
def pickable() -> tuple[ZoneName, ...]:
    """Zones to choose from: every canonical geographic zone, by region and city, then Etc/UTC."""
    return (*sorted(_geographic(), key=lambda name: (region(name), city(name))), "Etc/UTC")


def shift_label(shift: timedelta) -> str:
    """An offset from UTC in writing, such as "UTC+05:45"."""
    minutes, seconds = divmod(int(abs(shift).total_seconds()), 60)
    tail = f":{seconds:02}" if seconds else ""
    return f"UTC{'-' if shift < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}{tail}"


@from_zone_data
@cache
def _loaded(name: ZoneName) -> Zone:
    # zoneinfo keeps only the last eight zones alive by itself; a page shows seventy.
    return zoneinfo.ZoneInfo(name)  # noqa: TID251  the one place that may


@from_zone_data
@cache
def _names() -> frozenset[ZoneName]:
    # "Factory" says that nobody has set the clock: no place, so no zone to choose.
    return frozenset(zoneinfo.available_timezones()) - {"Factory", "localtime"}


@from_zone_data
@cache
def countries_of_zones() -> dict[ZoneName, str]:
    """Geographic zone → ISO 3166-1 code of its country, in the order of zone.tab."""
    rows = (line.split("\t") for line in _lines("zone.tab") if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


@from_zone_data
@cache
def _geographic() -> frozenset[ZoneName]:
    return frozenset(countries_of_zones())


@from_zone_data
@cache
def _links() -> dict[ZoneName, ZoneName]:
    # A line "L target link"; tzdata lists no link to a link.
    rows = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {link: target for _, target, link in rows}


def _lines(name: str) -> Iterator[str]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line)


TZDATA_VERSION: str = release()
"""The IANA release that the application started with."""
