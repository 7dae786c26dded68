"""Every page: its frame, its time, its bytes, its rules."""

import gzip
import re

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.web.tiny_app import NOW
from webinar.web.languages import direction
from webinar.web.preferences import Preferences, preferences, viewing_of
from webinar.web.viewing import see_as


def page(visitor: FlaskClient, url: str) -> BeautifulSoup:
    return BeautifulSoup(visitor.get(url).text, "html.parser")


def words(node: object) -> str:
    return re.sub(r"\s+", " ", node.get_text()).strip()  # type: ignore[attr-defined]


def test_the_hero_time_names_zone_offset_day_part_utc_and_host(visitor: FlaskClient) -> None:
    when = page(visitor, "/public?tz=Asia/Kathmandu").find(class_="when")
    assert words(when) == (
        "Wednesday 14 October 2026 18:45–19:45 Kathmandu (UTC+05:45), evening "
        "13:00 UTC · 15:00 Berlin (host, UTC+02:00) · starts in 6 days"
    )
    assert [t["datetime"] for t in when.find_all("time")][:2] == ["2026-10-14T13:00Z", "2026-10-14T14:00Z"]


def test_without_a_chosen_zone_the_events_own_zone_is_shown_and_the_bar_says_so(visitor: FlaskClient) -> None:
    soup = page(visitor, "/public")
    assert words(soup.find(class_="z")) == "Berlin (UTC+02:00), afternoon"
    assert words(soup.find(class_="tzbar").span) == "Times are shown for the host’s city."
    assert words(soup.find("option", selected=True)) == "Choose your city"


def test_a_night_is_said_in_words_with_its_reason(visitor: FlaskClient) -> None:
    when = page(visitor, "/public?tz=America/Los_Angeles").find(class_="when")
    assert words(when.find(class_="night")) == "☾ Night for you: it starts at 06:00 for you."


def test_a_move_strikes_the_old_time_and_keeps_both_zones(visitor: FlaskClient) -> None:
    moved = page(visitor, "/everything?tz=Asia/Kathmandu").find(class_="moved")
    assert words(moved) == "Moved: was Wed 14 Oct 2026, 18:45 Kathmandu (UTC+05:45)"


def test_the_other_date_of_host_and_utc_carries_its_weekday(visitor: FlaskClient) -> None:
    small = page(visitor, "/public?tz=Pacific/Auckland").find(class_="when").find("small")
    assert words(small) == "Wed 13:00 UTC · Wed 15:00 Berlin (host, UTC+02:00) · starts in 6 days"


def test_the_table_of_cities_starts_with_the_viewer_and_has_at_most_twelve_rows(visitor: FlaskClient) -> None:
    rows = page(visitor, "/everything?tz=Pacific/Auckland").find("details").tbody.find_all("tr")
    assert words(rows[0]) == "AucklandThu 02:00 night+13:00"
    assert words(rows[-1]) == "SydneyThu 00:00 night+11:00"
    assert words(rows[1]) == "Los AngelesWed 06:00 night, day before−07:00"
    assert len(rows) == 12


def test_the_twelve_hour_clock_is_a_choice(visitor: FlaskClient) -> None:
    soup = page(visitor, "/public?tz=Asia/Kathmandu&clock=12")
    assert words(soup.find(class_="t")) == "6:45 pm–7:45 pm"


def test_a_choice_is_kept_in_a_cookie(visitor: FlaskClient) -> None:
    visitor.get("/public?tz=Asia/Kathmandu&theme=dark&clock=99&lang=xx")
    soup = page(visitor, "/public")
    assert words(soup.find(class_="tzbar").b) == "Kathmandu (UTC+05:45)"
    assert soup.html["data-theme"] == "dark"
    assert visitor.get_cookie("clock") is None


def test_an_unknown_zone_counts_as_not_chosen(visitor: FlaskClient) -> None:
    answer = visitor.get("/public?tz=Mars/Olympus")
    assert (answer.status_code, "tz=" in answer.headers.get("Set-Cookie", "")) == (200, False)
    assert words(BeautifulSoup(answer.text, "html.parser").find(class_="tzbar").span) == (
        "Times are shown for the host’s city."
    )


def test_the_choice_forms_keep_the_other_arguments_escaped(visitor: FlaskClient) -> None:
    soup = page(visitor, "/public?topic=%22%3E%3Cscript%3E&tz=Asia/Kathmandu")
    kept = soup.find(class_="tzbar").find("input", attrs={"name": "topic"})
    assert kept["value"] == '"><script>'


def test_a_page_has_one_h1_unique_ids_labels_and_nothing_inline(visitor: FlaskClient) -> None:
    soup = page(visitor, "/everything?tz=Asia/Kathmandu")
    ids = [node["id"] for node in soup.find_all(id=True)]
    labelled = {label["for"] for label in soup.find_all("label", attrs={"for": True})}
    controls = [c for c in soup.find_all(["input", "select", "textarea"]) if c.get("type") != "hidden"]
    # opened and leave_empty aside, two forms stand on this page; a real page has one
    assert sorted(ids) == sorted(set(ids))
    assert [c["id"] for c in controls if c["id"] not in labelled] == []
    assert len(soup.find_all("h1")) == 1
    assert soup.find_all(style=True) + soup.find_all("style") == []
    assert [s for s in soup.find_all("script") if not s.get("src")] == []
    assert [f for f in soup.find_all("form") if not f.get("action") or not f.get("method")] == []
    posting = [f for f in soup.find_all("form") if f["method"] == "post"]
    assert [f for f in posting if not f.find("input", attrs={"name": "csrf_token"})] == []


def test_a_public_page_with_zone_bar_and_countries_is_small(visitor: FlaskClient) -> None:
    answer = visitor.get("/public?tz=Asia/Kathmandu", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < 8_000  # room for the rest of a 14 KB page
    assert gzip.decompress(answer.data).endswith(b"</html>")


def test_right_to_left_follows_the_language() -> None:
    assert [direction(tag) for tag in ("ar", "fa", "he_IL", "ur", "en", "pt_BR")] == ["rtl"] * 4 + ["ltr"] * 2


def test_who_has_a_zone_by_account_sees_it_without_a_second_chooser(app: Flask) -> None:
    @app.before_request
    def by_account() -> None:
        see_as(viewing_of(preferences(), now=NOW, account_zone="Asia/Kathmandu"))

    bar = page(app.test_client(), "/public?tz=Africa/Cairo").find(class_="tzbar")
    assert words(bar) == "Times are shown for Kathmandu (UTC+05:45)."


def test_the_zone_comes_from_link_then_account_then_choice() -> None:
    chosen = Preferences("Africa/Cairo", None, "auto", False)
    views = [
        viewing_of(chosen, now=NOW, link_zone="Asia/Tokyo", account_zone="Asia/Kathmandu"),
        viewing_of(chosen, now=NOW, account_zone="Asia/Kathmandu"),
        viewing_of(chosen, now=NOW, account_zone="Mars/Olympus"),
        viewing_of(Preferences(None, None, "auto", False), now=NOW),
    ]
    assert [(view.zone_name, view.zone_source) for view in views] == [
        ("Asia/Tokyo", "link"),
        ("Asia/Kathmandu", "account"),
        ("Africa/Cairo", "choice"),
        (None, "event"),
    ]
