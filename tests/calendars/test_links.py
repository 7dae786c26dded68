"""Links: each web calendar gets the same event, and each subscription the same feed."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories.calendars import talk
from webinar.calendars.ics import links
from webinar.calendars.ics.unwritable import Unwritable

EVENT = talk(
    summary="Sepsis & shock + more",
    description="Line one\nLine two",
    location="Hall B",
    join_url="https://webinar.example/j/abc",
    url="https://webinar.example/s/1",
    zone_name="Europe/London",
)
NOTES = "Line one\nLine two\n\nhttps://webinar.example/j/abc\n\nhttps://webinar.example/s/1"
PLACE = "Hall B – https://webinar.example/j/abc"
FEED = "https://webinar.example/f/secret.ics"


def opened(link: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(link)
    query = parse_qs(parts.query, strict_parsing=True)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", {name: value for name, [value] in query.items()}


def test_google_gets_utc_instants_and_the_zone_to_show_them_in() -> None:
    assert opened(links.google(EVENT)) == (
        "https://calendar.google.com/calendar/render",
        {
            "action": "TEMPLATE",
            "text": "Sepsis & shock + more",
            "dates": "20261103T170000Z/20261103T180000Z",
            "details": NOTES,
            "location": PLACE,
            "ctz": "Europe/London",
        },
    )


@pytest.mark.parametrize(("link", "host"), [(links.outlook, "live.com"), (links.office, "office.com")])
def test_both_outlooks_get_utc_instants_and_no_plus_sign_for_a_space(link: object, host: str) -> None:
    written = link(EVENT)  # type: ignore[operator]
    assert opened(written) == (
        f"https://outlook.{host}/calendar/0/deeplink/compose",
        {
            "path": "/calendar/action/compose",
            "rru": "addevent",
            "subject": "Sepsis & shock + more",
            "startdt": "2026-11-03T17:00:00Z",
            "enddt": "2026-11-03T18:00:00Z",
            "body": NOTES,
            "location": PLACE,
        },
    )
    assert "+" not in written


def test_yahoo_gets_utc_instants() -> None:
    assert opened(links.yahoo(EVENT)) == (
        "https://calendar.yahoo.com/",
        {
            "v": "60",
            "title": "Sepsis & shock + more",
            "st": "20261103T170000Z",
            "et": "20261103T180000Z",
            "desc": NOTES,
            "in_loc": PLACE,
        },
    )


def test_a_long_description_is_shortened_but_the_links_stay_whole() -> None:
    long = talk(summary="s" * 500, description="漢" * 10_000, join_url="https://webinar.example/j/abc")
    _, query = opened(links.google(long))
    assert query["details"] == "漢" * 799 + "…\n\nhttps://webinar.example/j/abc"
    assert query["text"] == "s" * 199 + "…"
    assert query["location"] == "https://webinar.example/j/abc"


def test_a_feed_is_offered_as_webcal_and_to_google_and_outlook() -> None:
    assert links.webcal(FEED) == "webcal://webinar.example/f/secret.ics"
    assert links.google_subscription(FEED) == (
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fwebinar.example%2Ff%2Fsecret.ics"
    )
    assert opened(links.outlook_subscription(FEED, "Sepsis & co")) == (
        "https://outlook.live.com/calendar/0/addfromweb",
        {"url": FEED, "name": "Sepsis & co"},
    )
    assert opened(links.office_subscription(FEED, "Sepsis & co")) == (
        "https://outlook.office.com/calendar/0/addfromweb",
        {"url": FEED, "name": "Sepsis & co"},
    )


@pytest.mark.parametrize(
    "wrong", ["http://webinar.example/f.ics", "https://x.example/" + "a" * 240, "webcal://x"]
)
def test_a_feed_address_that_readers_would_drop_is_refused(wrong: str) -> None:
    with pytest.raises(Unwritable):
        links.webcal(wrong)


def test_a_talk_without_a_join_link_gets_its_place_alone() -> None:
    _, query = opened(links.yahoo(talk(location="Hall B")))
    assert (query["in_loc"], "desc" in query) == ("Hall B", False)
