"""Finding a zone by what people type."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.timekeeping import zones
from webinar.timekeeping.search import LONGEST, MOST, Candidate, find_zones
from webinar.timekeeping.towns import TOWNS

OCTOBER = datetime(2026, 10, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Kathmandu", "Asia/Kathmandu"),
        ("  kathmandu ", "Asia/Kathmandu"),
        ("asia/kathmandu", "Asia/Kathmandu"),
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("Birgunj", "Asia/Kathmandu"),
        ("Nepal", "Asia/Kathmandu"),
        ("Nepal Standard Time", "Asia/Kathmandu"),
        ("UTC+05:45", "Asia/Kathmandu"),
        ("GMT +5:45", "Asia/Kathmandu"),
        ("+0545", "Asia/Kathmandu"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("SÃO PAULO", "America/Sao_Paulo"),
        ("new_york", "America/New_York"),
        ("St. John's", "America/St_Johns"),
        ("delhi", "Asia/Kolkata"),
        ("Mumbai", "Asia/Kolkata"),
        ("Egipto", "Africa/Cairo"),
        ("مصر", "Africa/Cairo"),
        ("UK", "Europe/London"),
        ("UTC", "Etc/UTC"),
        ("US/Eastern", "America/New_York"),
        ("Cuba", "America/Havana"),
    ],
)
def test_one_meaning_is_taken(typed, name):
    found = find_zones(typed, OCTOBER)
    assert (found.sure, found.zone_name) == (True, name)


def test_a_candidate_shows_city_and_the_offset_in_force():
    assert find_zones("London", OCTOBER).candidates == (Candidate("Europe/London", "London", "UTC+01:00"),)
    [winter] = find_zones("London", datetime(2026, 12, 1, tzinfo=UTC)).candidates
    assert winter.offset_label == "UTC+00:00"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("BST", ["Europe/London", "Asia/Dhaka", "Pacific/Bougainville"]),
        ("est", ["America/New_York", "America/Toronto", "America/Panama", "Australia/Sydney"]),
        ("IST", ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
        ("CST", ["America/Chicago", "America/Mexico_City", "Asia/Shanghai", "America/Havana"]),
    ],
)
def test_an_abbreviation_is_never_sure(typed, first):
    found = find_zones(typed, OCTOBER)
    assert (found.sure, found.zone_name) == (False, None)
    assert [candidate.zone_name for candidate in found.candidates][: len(first)] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("United States", "America/New_York"),
        ("USA", "America/New_York"),
        ("Germany", "Europe/Berlin"),
        ("UTC+1", "Europe/London"),
        ("Kathm", "Asia/Kathmandu"),
        ("Katmandoo", "Asia/Kathmandu"),
        ("Santo", "America/Santo_Domingo"),
    ],
)
def test_several_meanings_are_offered_the_likeliest_first(typed, first):
    found = find_zones(typed, OCTOBER)
    assert (found.sure, found.candidates[0].zone_name) == (False, first)


@pytest.mark.parametrize("typed", ["", " ", "xyzzyq", "../../etc/passwd", "\0", "UTC+99"])
def test_what_is_like_nothing_has_no_candidates(typed):
    assert find_zones(typed, OCTOBER).candidates == ()


@given(st.text(max_size=3 * LONGEST))
def test_any_text_has_at_most_a_dozen_candidates_all_to_be_chosen(typed):
    found = find_zones(typed, OCTOBER)
    assert len(found.candidates) <= MOST
    assert found.sure <= (len(found.candidates) == 1)
    assert [zones.canonical(c.zone_name) for c in found.candidates] == [c.zone_name for c in found.candidates]


def test_every_zone_is_found_by_its_own_name():
    for name in zones.pickable():
        assert find_zones(name, OCTOBER).zone_name == name


def test_towns_belong_to_current_zones_and_are_no_zones_cities():
    assert {zone for zone in TOWNS.values() if zones.canonical(zone) != zone} == set()
    assert {town for town in TOWNS if find_zones(town, OCTOBER).zone_name is None} == set()
