"""Finding a zone by what people type: city, town, country, Windows name, old name, offset, abbreviation."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from babel import Locale

from webinar.timekeeping import zones
from webinar.timekeeping.memory import from_zone_data
from webinar.timekeeping.towns import TOWNS
from webinar.timekeeping.windows import from_windows
from webinar.timekeeping.zones import UnknownZone, ZoneName

MOST = 12
LONGEST = 60
LANGUAGES = ("en", "es", "ar", "fr", "de", "pt")
"""Languages in which names of countries are understood."""
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?([0-5]\d))?")
_OWN_ABBREVIATIONS: Mapping[str, tuple[ZoneName, ...]] = {
    # Used by people, though zone data writes only numbers for some of these places.
    "BST": ("Europe/London", "Asia/Dhaka", "Pacific/Bougainville"),
    "EST": ("America/New_York", "America/Toronto", "America/Panama", "Australia/Sydney"),
    "CST": ("America/Chicago", "America/Mexico_City", "Asia/Shanghai", "America/Havana"),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "AST": ("America/Halifax", "Asia/Riyadh"),
    "GST": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "SST": ("Pacific/Pago_Pago", "Asia/Singapore"),
    "WST": ("Australia/Perth", "Pacific/Apia"),
    "PST": ("America/Los_Angeles", "Asia/Manila", "Pacific/Pitcairn"),
    "NPT": ("Asia/Kathmandu",),
}


@dataclass(frozen=True)
class Candidate:
    """A zone that may be meant: IANA name, city, and the offset in force, such as "UTC+05:45"."""

    zone_name: ZoneName
    city: str
    offset_label: str


@dataclass(frozen=True)
class Found:
    """What a text may mean, best first. `sure` says that the first is meant and nothing else can be."""

    candidates: tuple[Candidate, ...]
    sure: bool

    @property
    def zone_name(self) -> ZoneName | None:
        """The zone that is meant, if there is no doubt."""
        return self.candidates[0].zone_name if self.sure else None


def find_zones(text: str, at: datetime) -> Found:
    """The zones that `text` may mean, with their offsets at `at` (aware).

    One city, one IANA or Windows name, a country with one clock: sure. An abbreviation such as BST never
    is, nor is what merely resembles a name; offsets are sure where one zone alone keeps them. Twelve
    candidates at most; none: nothing is like it.
    """
    typed = _plain(text)[:LONGEST]
    if not typed:
        return Found((), sure=False)
    if names := _abbreviated(typed, at):
        return _found(names, at, sure=False)
    if _OFFSET.fullmatch(typed):
        names = _by_offset(typed, at)
        return _found(names, at, sure=len(names) == 1)
    if names := _exactly(text.strip(), typed) or _by_country(typed):
        return _found(names, at, sure=len(names) == 1)
    return _found(_beginning(typed) or _resembling(typed), at, sure=False)


def _found(names: Iterable[ZoneName], at: datetime, *, sure: bool) -> Found:
    kept = list(dict.fromkeys(names))[:MOST]
    found = (Candidate(name, zones.city(name), zones.offset_label(at, name)) for name in kept)
    return Found(tuple(found), sure)


def _exactly(text: str, typed: str) -> tuple[ZoneName, ...]:
    """Zones of that very name, city or town."""
    if typed in _by_name():
        return _by_name()[typed]
    for look in (zones.canonical, from_windows):
        try:
            return (look(text),)
        except UnknownZone:
            continue
    return ()


def _abbreviated(typed: str, at: datetime) -> tuple[ZoneName, ...]:
    if not re.fullmatch(r"[a-z]{2,5}", typed) or typed in _by_name() or typed in _countries():
        return ()
    wanted = typed.upper()
    own = _OWN_ABBREVIATIONS.get(wanted, ())
    return (*own, *(name for name in _by_rank(zones.pickable()) if wanted in _abbreviations(name, at.year)))


@from_zone_data
@cache
def _abbreviations(name: ZoneName, year: int) -> frozenset[str]:
    """What clocks of a zone are called in winter and in summer of a year."""
    days = (datetime(year, 1, 15), datetime(year, 7, 15))  # noqa: DTZ001  wall times
    return frozenset(day.replace(tzinfo=zones.zone(name)).tzname() or "" for day in days)


def _by_offset(typed: str, at: datetime) -> tuple[ZoneName, ...]:
    match = _OFFSET.fullmatch(typed)
    if match is None:
        return ()
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    wanted = -size if match[1] == "-" else size
    kept = (name for name in zones.pickable() if name != "Etc/UTC" and zones.offset(at, name) == wanted)
    return tuple(_by_rank(kept)[:MOST])


def _by_country(typed: str) -> tuple[ZoneName, ...]:
    return tuple(_by_rank(zones.of_country(_countries().get(typed, ""))))


def _beginning(typed: str) -> list[ZoneName]:
    """Zones of names that begin with the text, or hold it as a word's beginning."""
    if len(typed) < 2:
        return []
    starts = [name for name in _by_name() if name.startswith(typed)]
    words = [name for name in _by_name() if f" {typed}" in name or f"/{typed}" in name]
    return [zone for name in (*starts, *words) for zone in _by_name()[name]]


def _resembling(typed: str) -> list[ZoneName]:
    found = difflib.get_close_matches(typed, list(_by_name()), n=MOST, cutoff=0.6)
    return [zone for name in found for zone in _by_name()[name]][:5]


def _by_rank(names: Iterable[ZoneName]) -> list[ZoneName]:
    """World cities first, then cities with large towns on their clock."""
    first = [city.zone_name for city in zones.CITIES]
    towns = set(TOWNS.values())
    return sorted(names, key=lambda name: (name not in first, name not in towns))


@from_zone_data
@cache
def _by_name() -> dict[str, tuple[ZoneName, ...]]:
    """Every plain name of a zone: IANA name, its last part, the city shown, towns; and UTC."""
    found: dict[str, dict[ZoneName, None]] = {}
    pairs = [(name, word) for name in zones.pickable() for word in _own_words(name)]
    pairs += [(zones.canonical(zone), town) for town, zone in TOWNS.items()]
    for name, word in (*pairs, ("Etc/UTC", "utc"), ("Etc/UTC", "gmt"), ("Etc/UTC", "z")):
        found.setdefault(_plain(word), {})[name] = None
    return {word: tuple(names) for word, names in found.items()}


def _own_words(name: ZoneName) -> tuple[str, ...]:
    return name, zones.city(name), name.rsplit("/", 1)[-1]


@from_zone_data
@cache
def _countries() -> dict[str, str]:
    """Plain name of a country in several languages → ISO code of two letters."""
    named = (pair for language in LANGUAGES for pair in Locale(language).territories.items())
    known = {_plain(name): code for code, name in named if len(code) == 2 and code.isalpha()}
    return known | {"usa": "US", "us": "US", "america": "US", "uk": "GB", "england": "GB", "uae": "AE"}


def _plain(text: str) -> str:
    """Without case, accents, underscores and apostrophes, spaces joined."""
    decomposed = unicodedata.normalize("NFKD", re.sub(r"[’'.]", "", text).replace("_", " ").replace("−", "-"))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())
