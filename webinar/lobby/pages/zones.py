"""The search for a city: what was asked, and for each zone it may mean the way back in that zone's time."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from webinar.timekeeping.search import Candidate, find_zones
from webinar.timekeeping.wall import local_of
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time
from webinar.web.safe_next import safe_next


@dataclass(frozen=True)
class ZoneRow:
    """One zone that may be meant: city, offset and time of now, and the page back in its time."""

    city: str
    offset: str
    clock: str
    url: str


@dataclass(frozen=True)
class ZoneSearch:
    """What was asked, and the answer; `sure_url` is "" unless one zone alone is meant."""

    asked: str
    back: str
    rows: tuple[ZoneRow, ...]
    sure_url: str


def zone_search(asked: str, next_path: str | None, now: datetime) -> ZoneSearch:
    """The zones that `asked` may mean at `now` (aware UTC); `next_path` leads back if it is ours."""
    found, back = find_zones(asked, now), safe_next(next_path)
    rows = tuple(_row(candidate, back, now) for candidate in found.candidates)
    return ZoneSearch(asked.strip(), back, rows, rows[0].url if found.sure else "")


def _row(found: Candidate, back: str, now: datetime) -> ZoneRow:
    joint = "&" if "?" in back else "?"
    return ZoneRow(
        city=city_name(found.zone_name),
        offset=found.offset_label,
        clock=clock_time(local_of(now, found.zone_name)),
        url=f"{back}{joint}tz={quote(found.zone_name)}",
    )
