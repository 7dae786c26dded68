"""Zones to choose from: a short, well-spread list for the zone bar, the full one for organisers."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from webinar.timekeeping import zones
from webinar.timekeeping.memory import from_zone_data
from webinar.timekeeping.wall import local_of
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time
from webinar.web.viewing import Viewing, current_viewing

SPREAD = """
Africa/Accra Africa/Addis_Ababa Africa/Algiers Africa/Cairo Africa/Casablanca Africa/Dakar
Africa/Dar_es_Salaam Africa/Harare Africa/Johannesburg Africa/Kampala Africa/Khartoum Africa/Kigali
Africa/Kinshasa Africa/Lagos Africa/Nairobi Africa/Tunis
America/Anchorage America/Argentina/Buenos_Aires America/Bogota America/Caracas America/Chicago
America/Denver America/Guatemala America/Halifax America/Havana America/La_Paz America/Lima
America/Los_Angeles America/Mexico_City America/New_York America/Santiago America/Santo_Domingo
America/Sao_Paulo America/St_Johns America/Toronto America/Vancouver
Asia/Almaty Asia/Baghdad Asia/Bangkok Asia/Colombo Asia/Dhaka Asia/Dubai Asia/Hong_Kong Asia/Jakarta
Asia/Jerusalem Asia/Kabul Asia/Karachi Asia/Kathmandu Asia/Kolkata Asia/Kuala_Lumpur Asia/Manila
Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Tashkent Asia/Tehran Asia/Tokyo Asia/Yangon
Australia/Adelaide Australia/Brisbane Australia/Perth Australia/Sydney
Europe/Athens Europe/Berlin Europe/Istanbul Europe/Kyiv Europe/Lisbon Europe/London Europe/Madrid
Europe/Moscow Europe/Paris Europe/Rome Europe/Warsaw
Pacific/Auckland Pacific/Fiji Pacific/Honolulu
Etc/UTC
"""
"""The short list of the zone bar: cities of many colleagues, and every offset that people live by."""

REGIONS = {
    "Africa": lazy_gettext("Africa"),
    "America": lazy_gettext("Americas"),
    "Antarctica": lazy_gettext("Antarctica"),
    "Arctic": lazy_gettext("Arctic"),
    "Asia": lazy_gettext("Asia"),
    "Atlantic": lazy_gettext("Atlantic"),
    "Australia": lazy_gettext("Australia"),
    "Europe": lazy_gettext("Europe"),
    "Indian": lazy_gettext("Indian Ocean"),
    "Pacific": lazy_gettext("Pacific"),
    "UTC": lazy_gettext("World"),
}


@dataclass(frozen=True)
class ZoneOption:
    """One zone to choose: IANA name, words such as "Kathmandu — UTC+05:45 — now 14:02", chosen or not."""

    name: str
    words: str
    selected: bool


@dataclass(frozen=True)
class ZoneGroup:
    """Zones of one region of the world, by city."""

    label: str
    options: tuple[ZoneOption, ...]


def bar_groups() -> tuple[ZoneGroup, ...]:
    """The zone bar's short list, by region and city, with the viewer's own zone among them."""
    viewing = current_viewing()
    chosen = zones.canonical(viewing.zone_name) if viewing.zone_name else None
    names = set(SPREAD.split())
    return _grouped(names | ({chosen} if chosen else set()), chosen, viewing)


def all_zones() -> tuple[ZoneOption, ...]:
    """Every zone to choose from, by region and city, with the present offset; kept short, as they are 419."""
    viewing = current_viewing()
    return _listed(viewing.now.replace(minute=0, second=0, microsecond=0), viewing.locale)


@from_zone_data
@lru_cache(maxsize=64)
def _listed(now: datetime, _locale: str) -> tuple[ZoneOption, ...]:
    return tuple(
        ZoneOption(name, f"{city_name(name)} {zones.offset_label(now, name)}", selected=False)
        for name in zones.pickable()
    )


def shown_zone() -> str | None:
    """ "Kathmandu (UTC+05:45)" for the viewer's zone now, or None when nobody chose one."""
    viewing = current_viewing()
    if viewing.zone_name is None:
        return None
    return f"{city_name(viewing.zone_name)} ({zones.offset_label(viewing.now, viewing.zone_name)})"


def _grouped(names: set[str], chosen: str | None, viewing: Viewing) -> tuple[ZoneGroup, ...]:
    minute = viewing.now.replace(second=0, microsecond=0)
    return tuple(
        ZoneGroup(label, tuple(ZoneOption(name, words, name == chosen) for name, words in options))
        for label, options in _named(frozenset(names), minute, viewing.locale, viewing.hour12)
    )


# The same for everybody who looks within one minute in one language.
@from_zone_data
@lru_cache(maxsize=64)
def _named(
    names: frozenset[str], now: datetime, _locale: str, _hour12: bool
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    # Wherever people live first; the zone without a place last.
    ordered = sorted(
        names, key=lambda name: (zones.region(name) == "UTC", zones.region(name), city_name(name))
    )
    return tuple(
        (str(REGIONS[region]), tuple((name, _words(name, now)) for name in members))
        for region, members in groupby(ordered, key=zones.region)
    )


def _words(name: str, now: datetime) -> str:
    here = clock_time(local_of(now, name))
    if name == "Etc/UTC":
        return _("UTC — now %(time)s", time=here)
    offset = zones.offset_label(now, name)
    return _("%(city)s — %(offset)s — now %(time)s", city=city_name(name), offset=offset, time=here)
