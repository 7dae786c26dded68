"""The audience of a series: whom it reaches, judged by who came so far, each person once."""

import pytest

from tests.factories.accounts import person
from tests.factories.registration import open_session, seat
from tests.factories.societies import member
from webinar.db.store import store
from webinar.registration.queries.audience import (
    Audience,
    AudienceCountry,
    AudienceZone,
    audience_of,
)
from webinar.registration.service.seats import give_back
from webinar.sessions.models import Kind, Series, Session
from webinar.timekeeping import clock


@pytest.fixture(autouse=True)
def _in_an_app(app):
    """Every test here works on a fresh database."""


def in_series(session: Session) -> Session:
    """The same session as number 1 of a new series."""
    series = Series(
        society_id=session.society_id,
        slug="vessels",
        uid="vessels@ens.example",
        title="Vessels",
        kind=Kind.WEBINAR,
        zone_name=session.zone_name,
        starts_local=session.starts_local,
        minutes=session.minutes,
        rule="FREQ=WEEKLY;COUNT=2",
        locale="en",
        created_at=clock.now(),
    )
    store.add(series)
    store.flush()
    session.series_id, session.series_number = series.id, 1
    store.commit()
    return session


def pairs(found: Audience) -> list[tuple[str, int]]:
    return [(zone.zone_name, zone.people) for zone in found.zones]


def test_those_who_registered_for_the_series_count_before_the_rest_of_the_society():
    of_series, other = in_series(open_session()), open_session()
    seat(of_series)
    seat(of_series, "bea@clinic.example", "Bea", country="PE", zone_name="America/Lima")
    seat(of_series, "chi@clinic.example", "Chi", country="NP", zone_name="Asia/Katmandu")
    seat(other, "dan@clinic.example", "Dan", country="JP", zone_name="Asia/Tokyo")
    found = audience_of(of_series.society_id, of_series.series_id)
    assert found == Audience(
        (AudienceZone("Asia/Kathmandu", 2), AudienceZone("America/Lima", 1)),
        "series",
        (AudienceCountry("NP", 2), AudienceCountry("PE", 1)),
    )
    assert found.people == 3


def test_a_series_without_seats_reaches_whoever_the_society_reaches():
    fresh, other = in_series(open_session()), open_session()
    seat(other)
    found = audience_of(fresh.society_id, fresh.series_id)
    assert (found.source, pairs(found)) == ("society", [("Asia/Kathmandu", 1)])


def test_somebody_who_comes_often_counts_once_where_they_registered_last():
    first, second = open_session(), open_session(minutes=90)
    seat(first)
    seat(second, country="PE", zone_name="America/Lima")
    assert pairs(audience_of(first.society_id, None)) == [("America/Lima", 1)]


def test_who_gave_their_seat_back_does_not_count():
    session = open_session()
    seat(session)
    give_back(seat(session, "bea@clinic.example", "Bea", country="PE", zone_name="America/Lima"))
    store.commit()
    assert pairs(audience_of(session.society_id, None)) == [("Asia/Kathmandu", 1)]


def test_without_a_zone_the_main_zone_of_the_country_counts():
    session = open_session()
    seat(session, country="AU", zone_name=None)
    assert pairs(audience_of(session.society_id, None)) == [("Australia/Sydney", 1)]


def test_a_society_without_seats_takes_its_members_and_an_empty_one_the_worlds_cities():
    session = open_session()
    nobody = audience_of(session.society_id, None)
    assert (nobody.source, nobody.people, pairs(nobody)[0]) == ("default", 14, ("America/Los_Angeles", 1))
    member(session.society, person("bea@clinic.example", "Bea", country="PE"))
    found = audience_of(session.society_id, None)
    assert (found.source, pairs(found)) == ("members", [("America/Lima", 1)])


def test_the_audience_is_one_question_however_many_people_there_are(questions):
    session = in_series(open_session())
    asked = []
    for name in ("ada", "bea", "chi"):
        seat(session, f"{name}@clinic.example", name.title())
        ids = session.society_id, session.series_id
        with questions() as now_asked:
            audience_of(*ids)
        asked.append(len(now_asked))
    assert asked == [1, 1, 1]
