"""Holidays and weekends: where a session's day is a day off, by the pinned package `holidays`.

National public holidays only: those of single states or provinces are left out, since nobody says in which
they live. Dates that follow the moon are estimates, and the package says so in their names.
"""

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from webinar.scheduling.rules.amounts import day_of, listed, of_people
from webinar.timekeeping.countries import main_zone
from webinar.timekeeping.wall import local_of

_MOST_NAMED = 4
_WITH_THE = frozenset("AE BS CD CF CG DO FK GB GM KM KY MH MV NL PH SB SC US".split())  # noqa: SIM905
"""Countries whose English name takes an article."""


class Off(StrEnum):
    """Why people are not at work."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class Home:
    """A country (ISO 3166-1), its English name, and how many of the audience live there."""

    country: str
    name: str
    people: int = 0


@dataclass(frozen=True, slots=True)
class DayOff:
    """A local date on which a session lies, `what` it is ("" for a weekend), and in which countries."""

    day: date
    kind: Off
    what: str
    homes: tuple[Home, ...]

    @property
    def people(self) -> int:
        """How many of the audience have that day off."""
        return sum(home.people for home in self.homes)


def days_off(
    start_at: datetime, end_at: datetime, homes: Iterable[Home], organiser_country: str | None
) -> tuple[DayOff, ...]:
    """Holidays and weekends that a session (aware instants) meets, by most people; by date in each country.

    The clock of a country is its main zone's; one without a zone is left out. A weekend is told only where
    the organiser's own country is at work on its date: who plans a Saturday knows that it is one.
    """
    host_rests = organiser_country is not None and any(
        is_weekend(organiser_country, day) for day in _days(start_at, end_at, organiser_country)
    )
    found: dict[tuple[date, Off, str], list[Home]] = {}
    for home in homes:
        for day in _days(start_at, end_at, home.country):
            if what := holiday(home.country, day):
                found.setdefault((day, Off.HOLIDAY, what), []).append(home)
            elif not host_rests and is_weekend(home.country, day):
                found.setdefault((day, Off.WEEKEND, ""), []).append(home)
    met = [DayOff(*key, tuple(sorted(at, key=lambda home: -home.people))) for key, at in found.items()]
    return tuple(sorted(met, key=lambda each: -each.people))


def holiday(country: str, day: date) -> str:
    """The public holiday of a country on a date, in English: "Christmas Day"; "" on any other day."""
    return _year(country, day.year).get(day, "").replace("; ", " and ")


def is_weekend(country: str, day: date) -> bool:
    """Whether a date lies on the weekend of a country: Friday and Saturday in Bangladesh."""
    return day.weekday() in _weekend(country)


def sentence(off: DayOff, everybody: int) -> str:
    """What an organiser reads; 0 people names no numbers.

    "14 October 2026 is Dashain in Nepal (212 of 1,451 people)."
    """
    names = [f"the {home.name}" if home.country in _WITH_THE else home.name for home in off.homes]
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} more countries"]
    what = f"is {off.what}" if off.kind is Off.HOLIDAY else "lies on the weekend"
    people = f" ({of_people(off.people, everybody)})" if everybody and off.people else ""
    return f"{day_of(off.day)} {what} in {listed(names)}{people}."


def _days(start_at: datetime, end_at: datetime, country: str) -> Sequence[date]:
    """The local dates of a session in a country; its last moment is the one before the end."""
    zone_name = main_zone(country)
    if zone_name is None:
        return ()
    first = local_of(start_at, zone_name).date()
    last = local_of(max(end_at - timedelta(seconds=1), start_at), zone_name).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@lru_cache(maxsize=1024)
def _year(country: str, year: int) -> dict[date, str]:
    try:
        return dict(_package().country_holidays(country, years=year, language="en_US"))
    except NotImplementedError:
        return {}


@lru_cache(maxsize=512)
def _weekend(country: str) -> frozenset[int]:
    try:
        return frozenset(_package().country_holidays(country).weekend)
    except NotImplementedError:
        return frozenset()


@cache
def _package() -> Any:
    # Half a second that a process pays only once it shows a holiday (docs/decisions/0009).
    return importlib.import_module("holidays")
