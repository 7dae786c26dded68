"""Times as reports write them: what is certain in them, and what the order of day and month leaves open."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from webinar.attendance.format import DayOrder

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "jan january januar janvier enero ene janeiro gennaio gen januari stycznia sty",
        "feb february februar février fév févr febrero fevereiro fev febbraio februari lutego lut",
        "mar march märz mär mrz mars marzo março maart mrt marca",
        "apr april avril avr abril abr aprile kwietnia kwi",
        "may mai mayo maio maggio mag mei maja maj",
        "jun june juni juin junio junho giugno giu czerwca cze",
        "jul july juli juillet juil julio julho luglio lug lipca lip",
        "aug august août aoû agosto ago augustus sierpnia sie",
        "sep sept september septembre septiembre setembro set settembre września wrz",
        "oct october oktober okt octobre octubre outubro out ottobre ott października paź",
        "nov november novembre noviembre novembro listopada lis",
        "dec december dezember dez décembre déc diciembre dic dezembro dicembre grudnia gru",
    ),
    start=1,
):
    _MONTHS.update(dict.fromkeys(_names.split(), _number))

_WORD = r"[^\W\d_]+"
_DATE = re.compile(
    rf"""(?:{_WORD}\.?,?\s+)??(?:
      (?P<y1>\d{{4}})\s*[-/.年]\s*(?P<m1>\d{{1,2}})\s*[-/.月]\s*(?P<d1>\d{{1,2}})(?:\s*[日.])?(?!\d)
    | (?P<a>\d{{1,2}})\s*(?P<mark>[./-])\s*(?P<b>\d{{1,2}})\s*[./-]\s*(?P<y2>\d{{4}}|\d{{2}})(?!\d)\.?
    | (?P<m3>{_WORD})\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})
    | (?P<d4>\d{{1,2}})\.?[\s-]+(?:de\s+)?(?P<m4>{_WORD})\.?,?[\s-]+(?:de\s+)?(?P<y4>\d{{4}})
    )""",
    re.VERBOSE,
)
_AM = r"[Aa]\.?\s?[Mm]\b\.?|上午|午前|오전|π\.?μ\.?|ص"
_PM = r"[Pp]\.?\s?[Mm]\b\.?|下午|午後|오후|μ\.?μ\.?|م"
_TIME = re.compile(
    rf"""[\s,،、T]*(?:(?!{_AM}|{_PM}){_WORD}\.?,?\s+)?
    (?:(?P<am1>{_AM})|(?P<pm1>{_PM}))?\s*
    (?P<h>\d{{1,2}})\s?[:.h]\s?(?P<min>\d{{2}})(?:\s?[:.]\s?(?P<s>\d{{2}})(?:[.,](?P<f>\d+))?)?
    \s*(?:(?P<am2>{_AM})|(?P<pm2>{_PM}))?
    (?:\s*(?:Uhr|ч\.?))?
    \s*\(?(?P<zone>Z|(?:UTC|GMT)?\s?[+-]\d{{1,2}}(?::?\d{{2}})?|UTC|GMT)?\)?\s*$""",
    re.VERBOSE,
)
_BLANKS = str.maketrans({"\u202f": " ", "\xa0": " ", "\u2009": " ", "\u200e": None, "\u200f": None})
_YEARS = range(1990, 2200)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date with a time of day. Where `settled`, `first` is the day; else the order is open.

    `mark` separates the numbers of an open date; `capital` says that AM or PM stood in capitals;
    `offset` is what the text adds to UTC, None for a wall time; `to_the_second` whether it had seconds.
    """

    year: int
    first: int
    second: int
    settled: bool
    time: timedelta
    mark: str = ""
    capital: bool = False
    offset: timedelta | None = None
    to_the_second: bool = True

    def local(self, order: DayOrder | None) -> datetime | None:
        """The naive wall time read in that order; None where the calendar has no such day."""
        day_first = self.settled or order == "dmy"
        day, month = (self.first, self.second) if day_first else (self.second, self.first)
        try:
            return datetime(self.year, month, day) + self.time  # noqa: DTZ001  a wall time
        except ValueError:
            return None


@lru_cache(maxsize=4096)
def stamp(text: str, utc: bool = False) -> Stamp | None:
    """The time written in `text`, in UTC if the heading said so; None where it is none."""
    tidy = text.translate(_BLANKS).strip()
    if not (date := _DATE.match(tidy)) or not (clock := _TIME.match(tidy, date.end())):
        return None
    numbers, time = _numbers(date), _time_of_day(clock)
    if numbers is None or time is None:
        return None
    year, first, second, settled = numbers
    if year not in _YEARS or not 1 <= min(first, second) <= 12 or max(first, second) > 31:
        return None
    noon = clock["am1"] or clock["pm1"] or clock["am2"] or clock["pm2"] or ""
    offset = timedelta() if utc else _offset(clock["zone"])
    mark, capital = date["mark"] or "", noon[:1] in ("A", "P")
    return Stamp(year, first, second, settled, time, mark, capital, offset, clock["s"] is not None)


def _numbers(date: re.Match[str]) -> tuple[int, int, int, bool] | None:
    if date["y1"]:
        return int(date["y1"]), int(date["d1"]), int(date["m1"]), True
    if date["y2"]:
        year = int(date["y2"])
        return (year + 2000 if year < 100 else year), int(date["a"]), int(date["b"]), False
    month = _MONTHS.get((date["m3"] or date["m4"]).casefold())
    if month is None:
        return None
    return int(date["y3"] or date["y4"]), int(date["d3"] or date["d4"]), month, True


def _time_of_day(clock: re.Match[str]) -> timedelta | None:
    hour, minute, second = int(clock["h"]), int(clock["min"]), int(clock["s"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    if (clock["am1"] or clock["am2"]) and hour == 12:
        hour = 0
    elif (clock["pm1"] or clock["pm2"]) and hour < 12:
        hour += 12
    micro = int((clock["f"] or "0")[:6].ljust(6, "0"))
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    digits = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    if not digits:
        return timedelta()
    size = timedelta(hours=int(digits[2]), minutes=int(digits[3] or 0))
    return -size if digits[1] == "-" else size
