"""Countries and the zones whose clocks they keep."""

import pytest

from webinar.timekeeping.countries import country_of, main_zone
from webinar.timekeeping.zones import countries_of_zones, pickable


@pytest.mark.parametrize(
    ("country", "zone_name"),
    [
        ("NP", "Asia/Kathmandu"),
        ("US", "America/New_York"),
        ("AU", "Australia/Sydney"),
        ("BR", "America/Sao_Paulo"),
        ("CA", "America/Toronto"),
        ("RU", "Europe/Moscow"),
        ("UA", "Europe/Kyiv"),
        ("CL", "America/Santiago"),
        ("ID", "Asia/Jakarta"),
        ("XK", "Europe/Belgrade"),
        ("BV", None),
        ("??", None),
    ],
)
def test_a_country_has_one_main_zone(country, zone_name):
    assert main_zone(country) == zone_name


def test_the_main_zone_of_every_country_is_one_of_its_own():
    zones = {country: main_zone(country) for country in set(countries_of_zones().values())}
    assert {country: country_of(name) for country, name in zones.items()} == {each: each for each in zones}


def test_every_zone_to_choose_but_utc_has_a_country():
    assert [name for name in pickable() if country_of(name) is None] == ["Etc/UTC"]
