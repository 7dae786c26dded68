"""Zones: known names, current names, offsets and the cities that people look for."""

import zoneinfo
from datetime import UTC, datetime

import pytest

from webinar.timekeeping import zones
from webinar.timekeeping.checks import NotAnInstant

JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_zones_come_from_the_pinned_package_and_not_from_the_system():
    assert zoneinfo.TZPATH == ()
    assert zones.TZDATA_VERSION >= "2026f"


@pytest.mark.parametrize(
    "name",
    ["Europe/Atlantis", "BST", "", "Europe", "zone.tab", "../etc/passwd", "a\0b", "Factory", "localtime"],
)
def test_what_is_no_zone_is_refused_with_a_sentence(name):
    with pytest.raises(zones.UnknownZone) as refusal:
        zones.zone(name)
    assert refusal.value.sentence == (
        f"“{name}” is not a time zone we know. Use an IANA name such as Asia/Kathmandu."
    )


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("Asia/Rangoon", "Asia/Yangon"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Europe/Oslo", "Europe/Oslo"),
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("America/Godthab", "America/Nuuk"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("America/Indianapolis", "America/Indiana/Indianapolis"),
        ("US/Eastern", "America/New_York"),
        ("Iceland", "Atlantic/Reykjavik"),
        ("UTC", "Etc/UTC"),
        ("Zulu", "Etc/UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_a_name_of_long_ago_leads_to_the_current_one(name, current):
    assert zones.canonical(name) == current


def test_a_current_name_is_its_own_and_keeps_todays_clock():
    for name in zoneinfo.available_timezones() - {"Factory", "localtime"}:
        current = zones.canonical(name)
        assert zones.canonical(current) == current
        assert zones.offset_label(JUNE, current) == zones.offset_label(JUNE, name)


def test_an_unknown_name_has_no_current_one():
    with pytest.raises(zones.UnknownZone):
        zones.canonical("Mars/Olympus")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Asia/Kathmandu", "UTC+05:45"),
        ("Etc/UTC", "UTC+00:00"),
        ("America/St_Johns", "UTC-02:30"),
        ("Pacific/Chatham", "UTC+12:45"),
        ("Pacific/Kiritimati", "UTC+14:00"),
        ("Etc/GMT+5", "UTC-05:00"),
    ],
)
def test_the_offset_is_written_with_sign_hours_and_minutes(name, label):
    assert zones.offset_label(JUNE, name) == label
    assert zones.offset_label(JUNE, zones.zone(name)) == label


def test_an_offset_of_long_ago_keeps_its_seconds():
    assert zones.offset_label(datetime(1830, 1, 1, tzinfo=UTC), "Europe/London") == "UTC-00:01:15"


def test_an_offset_is_asked_of_an_instant_only():
    with pytest.raises(NotAnInstant):
        zones.offset_label(datetime(2026, 6, 1, 12), "Asia/Kathmandu")


@pytest.mark.parametrize(
    ("name", "city", "region"),
    [
        ("Asia/Kathmandu", "Kathmandu", "Asia"),
        ("Asia/Katmandu", "Kathmandu", "Asia"),
        ("Asia/Calcutta", "Delhi", "Asia"),
        ("America/Sao_Paulo", "São Paulo", "America"),
        ("America/New_York", "New York", "America"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "America"),
        ("America/Port-au-Prince", "Port-au-Prince", "America"),
        ("UTC", "UTC", "UTC"),
        ("Etc/GMT+5", "UTC-05:00", "UTC"),
        ("EST5EDT", "New York", "America"),
    ],
)
def test_a_zone_shows_the_city_and_region_people_look_for(name, city, region):
    assert zones.city(name) == city
    assert zones.region(name) == region


def test_a_picker_offers_each_clock_once_by_region_and_city_with_utc_last():
    offered = zones.pickable()
    assert offered[:2] == ("Africa/Abidjan", "Africa/Accra")
    assert offered[-1] == "Etc/UTC"
    assert len(offered) == len(set(offered))
    assert [zones.canonical(name) for name in offered] == list(offered)
    keys = [(zones.region(name), zones.city(name)) for name in offered[:-1]]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


def test_the_world_cities_name_current_zones_by_the_name_shown_everywhere():
    for city in zones.CITIES:
        assert zones.canonical(city.zone_name) == city.zone_name
        assert zones.city(city.zone_name) == city.name


def test_every_special_city_name_belongs_to_a_current_zone():
    assert {name for name in zones.WELL_KNOWN if zones.canonical(name) != name} == set()
