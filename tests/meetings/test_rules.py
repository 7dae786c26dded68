"""Which addresses may be a room, and where everybody's link leads."""

from dataclasses import dataclass

import pytest

from webinar.meetings.port import Link
from webinar.meetings.providers import PLAIN_LINK, PROVIDERS
from webinar.meetings.rules import checked_url, join_target
from webinar.refusal import Invalid

HTTPS = "The link must start with https://, so that nobody on the way can change it."
WHOLE = "Please paste the whole link, without blanks, such as https://zoom.us/j/123."
NO_HOST = "This link has no server name. Please copy it again from your meeting."
SECRET = "This link holds a user name or password. Please use one without."
UNREADABLE = "This link cannot be read. Please copy it again from your meeting."


@dataclass
class Addresses:
    url: str = "https://first.example/r"
    backup_url: str = "https://second.example/r"
    on_backup: bool = False


@pytest.mark.parametrize(
    ("room", "target"),
    [
        (Addresses(), "https://first.example/r"),
        (Addresses(on_backup=True), "https://second.example/r"),
        (Addresses(on_backup=True, backup_url=""), "https://first.example/r"),
    ],
)
def test_the_join_link_leads_to_the_room_in_use(room, target):
    assert join_target(room) == target


@pytest.mark.parametrize(
    "url",
    [
        "https://us02web.zoom.us/j/81234567890?pwd=Abc%20d.1#success",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%7d",
        "HTTPS://meet.jit.si/Réunion",
        "https://conférence.example:8443/room",
    ],
)
def test_a_link_is_kept_as_it_was_typed(url):
    assert checked_url(f"  {url}\n", "url") == url


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", WHOLE),
        ("https://zoom.us/j/1 2", WHOLE),
        ("https://zoom.us/j/1\r\nX: y", WHOLE),
        ("https://zoom.us/j/\u202e1", WHOLE),
        ("http://zoom.us/j/1", HTTPS),
        ("javascript:alert(1)", HTTPS),
        ("zoom.us/j/1", HTTPS),
        ("https://", NO_HOST),
        ("https://zoom/j/1", NO_HOST),
        ("https://.", NO_HOST),
        ("https://ada:secret@zoom.us/j/1", SECRET),
        ("https://[zoom.us/j/1", UNREADABLE),
        ("https://zoom.us:port/j/1", UNREADABLE),
        ("https://zoom.us/" + "x" * 2000, "This link is longer than 2000 characters. Please check it."),
    ],
)
def test_what_is_no_room_gets_a_sentence(typed, sentence):
    with pytest.raises(Invalid) as refused:
        checked_url(typed, "url")
    assert (refused.value.sentence, refused.value.field) == (sentence, "url")


@pytest.mark.parametrize("name", list(PROVIDERS))
def test_every_provider_keeps_a_good_link_and_cleans_the_rest(name):
    link = Link(
        url="https://zoom.us/j/1", passcode=" 44\x0017 ", dial_in="+49 1\r\n+977 2\n", backup_url="  "
    )
    assert PROVIDERS[name].accepted(link) == Link(
        url="https://zoom.us/j/1", passcode="44 17", dial_in="+49 1\n+977 2", backup_url=""
    )


def test_a_backup_is_another_room():
    with pytest.raises(Invalid) as refused:
        PROVIDERS[PLAIN_LINK].accepted(Link(url="https://a.example/r", backup_url="https://a.example/r"))
    assert refused.value.field == "backup_url"
