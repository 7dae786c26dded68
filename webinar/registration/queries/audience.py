"""The audience of a series or a society: how many people live by which clock, and in which country."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select

from webinar.accounts.models import Person
from webinar.db.store import store
from webinar.registration.models import Seat, SeatState
from webinar.sessions.models import Session
from webinar.societies.models import Member
from webinar.timekeeping.countries import country_of, main_zone
from webinar.timekeeping.zones import CITIES, UnknownZone, ZoneName, canonical


@dataclass(frozen=True)
class AudienceZone:
    """How many people live by the clock of `zone_name`, a canonical IANA name."""

    zone_name: ZoneName
    people: int


@dataclass(frozen=True)
class AudienceCountry:
    """How many people live in `country`, an ISO 3166-1 code."""

    country: str
    people: int


@dataclass(frozen=True)
class Audience:
    """Zones and countries, most people first, equal ones by name.

    `source` says whose they are: "series" who registered for the series, "society" for anything of the
    society, "members" its team, "default" nobody yet: cities of the world, one person each.
    """

    zones: tuple[AudienceZone, ...]
    source: str
    countries: tuple[AudienceCountry, ...] = ()

    @property
    def people(self) -> int:
        """Everybody whose zone is known: the N of "n of N people"."""
        return sum(zone.people for zone in self.zones)


Row = tuple[str | None, str | None, int]
"""Zone name, country and how many people."""


def people_told(session_ids: Collection[int]) -> tuple[int, int]:
    """How many people hear of a change of these sessions, each counted once, and how many mails that is."""
    told = SeatState.CONFIRMED, SeatState.OFFERED, SeatState.WAITING
    counted = select(func.count(Seat.person_id.distinct()), func.count())
    row = store.execute(counted.where(Seat.session_id.in_(session_ids), Seat.state.in_(told))).one()
    return row[0], row[1]


def audience_of(society_id: int, series_id: int | None) -> Audience:
    """Whom a session will reach, judged by who came so far: each person once, by their latest seat.

    Asked in turn: seats of the series, of the society, its members, else the world's cities. Somebody
    without a zone counts in the main zone of their country, somebody without either not at all.
    """
    if series_id is not None and (found := _counted(_registrants(Session.series_id == series_id), "series")):
        return found
    return (
        _counted(_registrants(Session.society_id == society_id), "society")
        or _counted(_members(society_id), "members")
        or _default()
    )


def zones_of_people(person_ids: Collection[int]) -> dict[int, ZoneName]:
    """By which clock some people live, in one question: by their own choice, else their latest seat, else
    the main zone of their country; who gave none of these is left out."""
    if not person_ids:
        return {}
    latest = select(func.max(Seat.id)).where(Seat.person_id.in_(person_ids)).group_by(Seat.person_id)
    rows = store.execute(
        select(Person.id, Person.zone_name, Seat.zone_name, Seat.country, Person.country)
        .outerjoin(Seat, and_(Seat.person_id == Person.id, Seat.id.in_(latest)))
        .where(Person.id.in_(person_ids))
    )
    found = {
        person_id: _known(chosen) or _known(last) or main_zone(last_country or country or "")
        for person_id, chosen, last, last_country, country in rows
    }
    return {person_id: zone_name for person_id, zone_name in found.items() if zone_name}


def _registrants(chosen: ColumnElement[bool]) -> list[Row]:
    latest = (
        select(func.max(Seat.id))
        .join(Session, Session.id == Seat.session_id)
        .where(chosen, Seat.state != SeatState.CANCELLED)
        .group_by(Seat.person_id)
    )
    rows = store.execute(
        select(Seat.zone_name, Seat.country, func.count())
        .where(Seat.id.in_(latest))
        .group_by(Seat.zone_name, Seat.country)
    )
    return [(zone_name, country, people) for zone_name, country, people in rows]


def _members(society_id: int) -> list[Row]:
    rows = store.execute(
        select(Person.zone_name, Person.country, func.count())
        .join(Member, Member.person_id == Person.id)
        .where(Member.society_id == society_id)
        .group_by(Person.zone_name, Person.country)
    )
    return [(zone_name, country, people) for zone_name, country, people in rows]


def _counted(rows: Iterable[Row], source: str) -> Audience | None:
    zones: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for chosen, country, people in rows:
        zone_name = _known(chosen) or (main_zone(country) if country else None)
        if zone_name is None:
            continue
        zones[zone_name] += people
        if home := country or country_of(zone_name):
            countries[home] += people
    if not zones:
        return None
    return Audience(
        tuple(AudienceZone(*each) for each in _heaviest_first(zones)),
        source,
        tuple(AudienceCountry(*each) for each in _heaviest_first(countries)),
    )


def _default() -> Audience:
    rows = [(city.zone_name, country_of(city.zone_name), 1) for city in CITIES]
    return Audience(
        tuple(AudienceZone(zone_name, people) for zone_name, _, people in rows),
        "default",
        tuple(AudienceCountry(country, people) for _, country, people in rows if country),
    )


def _known(zone_name: str | None) -> ZoneName | None:
    try:
        return canonical(zone_name) if zone_name else None
    except UnknownZone:
        return None


def _heaviest_first(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))
