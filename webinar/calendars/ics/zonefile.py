"""Zone files of the tzdata package: every change of offset, then the rule that follows (RFC 9636)."""

import struct
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from webinar.timekeeping.memory import from_zone_data
from webinar.timekeeping.zones import zone


class Regime(NamedTuple):
    """What is in force: seconds east of UTC, the file's own summer flag, the abbreviation."""

    offset: int
    summer: bool
    name: str


class Change(NamedTuple):
    """At POSIX time `at` one regime ends and another begins."""

    at: int
    before: Regime
    after: Regime


@dataclass(frozen=True)
class ZoneFile:
    """The regime before all changes, the changes in order, and the footer, a POSIX TZ string."""

    first: Regime
    changes: tuple[Change, ...]
    footer: str


@from_zone_data
@lru_cache(maxsize=64)
def read(zone_name: str) -> ZoneFile:
    """The zone file of an IANA name. Raises UnknownZone."""
    zone(zone_name)
    return parse(files("tzdata.zoneinfo").joinpath(*zone_name.split("/")).read_bytes())


def parse(octets: bytes) -> ZoneFile:
    """A zone file of version 2 or later, its second block with 64-bit times (RFC 9636 3)."""
    first_counts = struct.unpack(">6l", octets[20:44])
    octets = octets[44 + _length(first_counts, 4) :]
    counts = struct.unpack(">6l", octets[20:44])
    body, footer = octets[44 : 44 + _length(counts, 8)], octets[44 + _length(counts, 8) :]
    _, _, _, times, types, chars = counts
    ats = struct.unpack(f">{times}q", body[: 8 * times])
    regimes = _regimes(body[9 * times :], types, chars)
    afters = [regimes[index] for index in body[8 * times : 9 * times]]
    befores = [regimes[0], *afters]
    changes = tuple(map(Change, ats, befores, afters))
    return ZoneFile(regimes[0], changes, footer.strip(b"\n").decode("ascii"))


def _length(counts: tuple[int, ...], time_size: int) -> int:
    utc_flags, standard_flags, leaps, times, types, chars = counts
    return times * (time_size + 1) + types * 6 + chars + leaps * (time_size + 4) + standard_flags + utc_flags


def _regimes(octets: bytes, types: int, chars: int) -> list[Regime]:
    names = octets[6 * types : 6 * types + chars]
    regimes = []
    for offset, summer, start in struct.iter_unpack(">lBB", octets[: 6 * types]):
        regimes.append(Regime(offset, bool(summer), names[start : names.index(b"\0", start)].decode("ascii")))
    return regimes
