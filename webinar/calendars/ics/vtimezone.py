"""VTIMEZONE: a zone's rules for the years an object needs (RFC 5545 3.6.5), made from the zone file."""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from webinar.calendars.ics.contentline import folded_all
from webinar.calendars.ics.footer import Footer
from webinar.calendars.ics.footer import parse as parse_footer
from webinar.calendars.ics.instants import wall
from webinar.calendars.ics.unwritable import Unwritable
from webinar.calendars.ics.zonefile import Change, Regime, ZoneFile
from webinar.calendars.ics.zonefile import read as read_zone_file
from webinar.timekeeping.memory import from_zone_data

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEADY_SINCE = datetime(1970, 1, 1)  # noqa: DTZ001  a wall time


class _Observance(NamedTuple):
    """One sub-component: its kind, first onset in wall time before it, offsets in seconds, name, rule."""

    kind: str
    onset_local: datetime
    offset_from: int
    regime: Regime
    rule: str | None


@from_zone_data
@lru_cache(maxsize=512)
def vtimezone(zone_name: str, first_year: int, last_year: int) -> bytes:
    """The VTIMEZONE of an IANA zone, right from 1 January of `first_year` to the end of `last_year`.

    Steady rules become one STANDARD and one DAYLIGHT with a yearly RRULE; years that no rule
    describes are listed change by change; no RDATE, which clients misread. DAYLIGHT is always the
    larger offset. Raises UnknownZone, and Unwritable for years that do not make a window.
    """
    if not 2 <= first_year <= last_year <= 9000:
        raise Unwritable(f"The years {first_year} to {last_year} are no window.")
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone_name}"]
    for observance in _with_standard(_observances(read_zone_file(zone_name), first_year, last_year)):
        lines += _lines(observance)
    return folded_all([*lines, "END:VTIMEZONE"])


def _observances(zone_file: ZoneFile, first_year: int, last_year: int) -> list[_Observance]:
    footer = parse_footer(zone_file.footer)
    changes = _all_changes(zone_file, footer, first_year, last_year)
    ats = [change.at for change in changes]
    opening = bisect_right(ats, _posix(first_year) - 86400) - 1
    closing = bisect_right(ats, _posix(last_year + 1) + 86400)
    if closing <= opening + 1:
        return [_unchanging(changes[opening].after if opening >= 0 else zone_file.first, first_year)]
    steady = _steady_from(changes, footer, max(opening - 1, 0), first_year, last_year)
    lead = opening - 1 if opening > 0 and steady == opening - 1 else max(opening, 0)
    found = [_listed(changes, index) for index in range(lead, min(steady, closing))]
    if steady < closing:
        found += [_listed(changes, i, footer.recurrence(changes[i])) for i in (steady, steady + 1)]
    return found if opening >= 0 else [_unchanging(zone_file.first, first_year), *found]


def _all_changes(zone_file: ZoneFile, footer: Footer, first_year: int, last_year: int) -> list[Change]:
    """The file's changes, then the footer's up to a year after the window, without those of no effect."""
    changes = list(zone_file.changes)
    start_year = (_EPOCH + timedelta(seconds=changes[-1].at)).year if changes else first_year - 1
    for change in footer.changes(start_year, last_year + 1):
        before = changes[-1].after if changes else change.before
        if (not changes or change.at > changes[-1].at) and change.after != before:
            changes.append(Change(change.at, before, change.after))
    return changes


def _steady_from(changes: list[Change], footer: Footer, least: int, first_year: int, last_year: int) -> int:
    """The index, not below `least`, from which the changes are the footer's, all of them; none: the end."""
    described = footer.changes(max(first_year - 2, 1), last_year + 1)
    end = index = bisect_right([change.at for change in changes], described[-1].at) if described else 0
    for expected in reversed(described):
        if index <= least or changes[index - 1] != expected or not footer.recurrence(expected):
            break
        index -= 1
    return index if end - index >= 2 else len(changes)


def _listed(changes: list[Change], index: int, rule: str | None = None) -> _Observance:
    change = changes[index]
    following = changes[index + 1].after if index + 1 < len(changes) else None
    kind = "DAYLIGHT" if _is_summer(change, following) else "STANDARD"
    onset = _EPOCH + timedelta(seconds=change.at + change.before.offset)
    return _Observance(kind, onset.replace(tzinfo=None), change.before.offset, change.after, rule)


def _is_summer(change: Change, following: Regime | None) -> bool:
    """Whether the regime is the larger offset of its year; Dublin and Casablanca flag the smaller one."""
    regime = change.after
    if not regime.summer:
        return following is not None and following.summer and following.offset < regime.offset
    standards = [r.offset for r in (change.before, following) if r and not r.summer]
    return not standards or regime.offset > min(standards)


def _unchanging(regime: Regime, first_year: int) -> _Observance:
    """`regime` from 1970, or from the year before an earlier window."""
    since = _STEADY_SINCE if first_year > 1970 else _STEADY_SINCE.replace(year=first_year - 1)
    return _Observance("STANDARD", since, regime.offset, regime, None)


def _with_standard(observances: list[_Observance]) -> list[_Observance]:
    """`observances` with at least one STANDARD, which readers take for granted."""
    if any(observance.kind == "STANDARD" for observance in observances):
        return observances
    return [observances[0]._replace(kind="STANDARD"), *observances[1:]]


def _lines(observance: _Observance) -> list[str]:
    return [
        f"BEGIN:{observance.kind}",
        f"DTSTART:{wall(observance.onset_local)}",
        *([f"RRULE:{observance.rule}"] if observance.rule else []),
        f"TZOFFSETFROM:{_offset(observance.offset_from)}",
        f"TZOFFSETTO:{_offset(observance.regime.offset)}",
        f"TZNAME:{observance.regime.name}",
        f"END:{observance.kind}",
    ]


def _offset(seconds: int) -> str:
    sign, size = ("-", -seconds) if seconds < 0 else ("+", seconds)
    text = f"{sign}{size // 3600:02}{size // 60 % 60:02}"
    return f"{text}{size % 60:02}" if size % 60 else text


def _posix(year: int) -> int:
    return int((datetime(year, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds())
