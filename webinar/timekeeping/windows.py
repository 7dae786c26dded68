"""Windows time zone names, as Outlook and Exchange write them, and the IANA zones they mean."""

from functools import cache
from importlib.resources import files

from webinar.timekeeping.memory import from_zone_data
from webinar.timekeeping.zones import UnknownZone, ZoneName, canonical


def windows_name(name: ZoneName) -> str | None:
    """The Windows name of an IANA zone, None where CLDR has none. Raises UnknownZone.

    Many zones share one: never store what came back through it.
    """
    return _by_zone().get(canonical(name))


def from_windows(name: str) -> ZoneName:
    """The current IANA zone that a Windows name means in CLDR's territory 001. Raises UnknownZone.

    "GMT Standard Time" is Europe/London, "Greenwich Standard Time" Atlantic/Reykjavik. Case does not matter.
    """
    zones = _by_windows_name().get(name.casefold())
    if zones is None:
        raise UnknownZone(name)
    return zones[0]


@from_zone_data
@cache
def _rows() -> tuple[tuple[str, tuple[ZoneName, ...]], ...]:
    text = files("webinar.timekeeping").joinpath("windows_zones.tsv").read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((name, tuple(canonical(zone) for zone in zones.split())) for name, _, zones in lines)


@from_zone_data
@cache
def _by_windows_name() -> dict[str, tuple[ZoneName, ...]]:
    return {name.casefold(): zones for name, zones in _rows()}


@from_zone_data
@cache
def _by_zone() -> dict[ZoneName, str]:
    return {zone: name for name, zones in _rows() for zone in zones}
