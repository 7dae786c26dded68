"""Searching a city from the zone bar, and coming back in its time."""

import pytest

from tests.factories.registration import open_session


@pytest.fixture
def address(app) -> str:
    return f"/s/{open_session().slug}"


def test_a_city_leads_straight_back_in_its_time(page, address):
    page.get(f"/help/zones?next={address}")
    back = page.get(f"/help/zones?next={address}&q=birgunj")
    assert "Times are shown for Kathmandu (UTC+05:45)" in back.text
    assert "18:45" in back.text


def test_a_doubtful_word_is_answered_with_cities_and_their_offsets(page, address):
    seen = page.get(f"/help/zones?next={address}&q=BST")
    links = {link.get_text(): link["href"] for link in seen.soup.select("main li a")}
    assert links["Dhaka"] == f"{address}?tz=Asia/Dhaka"
    assert "Dhaka (UTC+06:00), now 15:00" in seen.text.replace(" )", ")").replace("( ", "(").replace(
        " ,", ","
    )


def test_what_is_no_city_says_what_to_do(page, address):
    seen = page.get(f"/help/zones?next={address}&q=xyzzyq")
    assert "We find no such city. Please try a larger one nearby, or the country." in seen.text


def test_the_way_back_is_ours_alone(page, address):
    seen = page.get("/help/zones?next=//evil.example&q=BST")
    assert {link["href"].partition("?")[0] for link in seen.soup.select("main li a")} == {"/"}


def test_the_zone_bar_leads_there(page, address):
    seen = page.get(address)
    assert seen.soup.select_one(".tzbar a")["href"] == f"/help/zones?next={address}"
