"""Days off: holidays and weekends on the date that a session has in each country, and only there."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from webinar.scheduling.rules.holidays import (
    DayOff,
    Home,
    Off,
    days_off,
    holiday,
    is_weekend,
    sentence,
)
from webinar.timekeeping.countries import main_zone
from webinar.timekeeping.wall import instant_of, local_of
from webinar.timekeeping.zones import countries_of_zones

HOUR = timedelta(hours=1)
NEPAL, INDIA = Home("NP", "Nepal", 212), Home("IN", "India", 388)
GERMANY, KENYA = Home("DE", "Germany", 90), Home("KE", "Kenya", 40)
JAPAN, BANGLADESH = Home("JP", "Japan", 7), Home("BD", "Bangladesh", 55)


def met(local: str, zone_name: str, *homes: Home, organiser: str | None = "DE", length: timedelta = HOUR):
    start_at = instant_of(datetime.fromisoformat(local), zone_name)
    return days_off(start_at, start_at + length, homes, organiser)


def told(local: str, zone_name: str, *homes: Home, **changes) -> list[str]:
    return [sentence(each, 1451) for each in met(local, zone_name, *homes, **changes)]


def test_a_holiday_stands_with_its_name_and_its_people():
    assert told("2026-10-20T15:00", "Europe/Berlin", NEPAL, INDIA, GERMANY) == [
        "20 October 2026 is Dussehra in India (388 of 1,451 people).",
        "20 October 2026 is Bijaya Dashami in Nepal (212 of 1,451 people).",
    ]


def test_countries_with_the_same_holiday_share_a_sentence():
    assert told("2026-12-25T15:00", "Europe/Berlin", JAPAN, KENYA, GERMANY) == [
        "25 December 2026 is Christmas Day in Germany and Kenya (130 of 1,451 people)."
    ]


def test_an_english_name_has_its_article():
    states = Home("US", "United States", 31)
    assert told("2026-11-26T18:00", "Europe/Berlin", states) == [
        "26 November 2026 is Thanksgiving Day in the United States (31 of 1,451 people)."
    ]


def test_many_countries_are_counted_and_an_audience_only_supposed_is_not():
    homes = [Home(code, code, 1) for code in ("DE", "KE", "BE", "PL", "PT", "GH")]
    (christmas,) = [each for each in met("2026-12-25T15:00", "Europe/Berlin", *homes) if "Chr" in each.what]
    assert sentence(christmas, 0) == "25 December 2026 is Christmas Day in DE, KE, BE and 3 more countries."


def test_the_date_is_the_countrys_own():
    # 31 December 16:00 in Berlin is New Year's Day in Japan from midnight on; Nepal is still in December.
    assert told("2026-12-31T16:30", "Europe/Berlin", JAPAN, NEPAL) == [
        "1 January 2027 is New Year's Day in Japan (7 of 1,451 people)."
    ]
    assert told("2026-12-31T13:00", "Europe/Berlin", NEPAL) == []


def test_a_session_over_midnight_meets_both_days_and_one_until_midnight_only_the_first():
    assert [each.day for each in met("2026-12-24T23:30", "Europe/Berlin", GERMANY)] == [date(2026, 12, 25)]
    assert met("2026-12-24T23:00", "Europe/Berlin", GERMANY) == ()


def test_a_weekend_is_told_where_it_differs_from_the_organisers():
    friday = "2026-10-16T15:00"
    assert told(friday, "Europe/Berlin", BANGLADESH, GERMANY) == [
        "16 October 2026 lies on the weekend in Bangladesh (55 of 1,451 people)."
    ]
    assert met("2026-10-15T15:00", "Europe/Berlin", BANGLADESH) == ()


def test_who_plans_their_own_weekend_knows_it():
    saturday = "2026-10-17T15:00"
    assert met(saturday, "Europe/Berlin", BANGLADESH, GERMANY, KENYA) == ()
    assert [each.homes for each in met(saturday, "Europe/Berlin", GERMANY, organiser=None)] == [(GERMANY,)]


def test_friday_evening_in_berlin_is_saturday_in_japan():
    assert met("2026-10-16T22:00", "Europe/Berlin", JAPAN) == (
        DayOff(date(2026, 10, 17), Off.WEEKEND, "", (JAPAN,)),
    )


def test_names_are_english_and_joined():
    assert holiday("DE", date(2026, 10, 3)) == "German Unity Day"
    assert holiday("CN", date(2026, 10, 1)) == "National Day"
    assert holiday("NP", date(2026, 5, 1)) == "Buddha Jayanti and International Labor Day"
    assert holiday("NP", date(2026, 3, 21)) == "Eid al-Fitr (estimated)"


def test_a_country_that_nobody_knows_has_no_days_off():
    assert (holiday("ZZ", date(2026, 12, 25)), is_weekend("ZZ", date(2026, 12, 26))) == ("", False)
    assert met("2026-12-25T15:00", "Europe/Berlin", Home("ZZ", "Nowhere", 9)) == ()


def test_the_package_is_loaded_when_asked_and_not_before():
    code = (
        "import sys, datetime;"
        "from webinar.scheduling.rules import holidays as ours;"
        "before = 'holidays' in sys.modules;"
        "ours.holiday('DE', datetime.date(2026, 12, 25));"
        "print(before, 'holidays' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False True"


countries = st.sampled_from(sorted(set(countries_of_zones().values())))
starts = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


@given(starts, st.integers(1, 4), st.lists(countries, min_size=1, max_size=6, unique=True), countries)
def test_each_day_off_lies_on_the_session_and_each_country_stands_once_per_day(
    start_at, hours, codes, organiser
):
    end_at = start_at + hours * HOUR
    found = days_off(start_at, end_at, [Home(code, code, 1) for code in codes], organiser)
    for each in found:
        for home in each.homes:
            zone_name = main_zone(home.country)
            assert local_of(start_at, zone_name).date() <= each.day <= local_of(end_at, zone_name).date()
            assert holiday(home.country, each.day) == each.what
            assert each.what or is_weekend(home.country, each.day)
    seen = [(each.day, home.country) for each in found for home in each.homes]
    assert len(seen) == len(set(seen))
    assert [each.people for each in found] == sorted((each.people for each in found), reverse=True)
