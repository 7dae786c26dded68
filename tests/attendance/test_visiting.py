"""Whether a request is somebody coming in, and where the link leads."""

import pytest

from webinar.attendance.rules.visiting import Way, only_looks, way
from webinar.sessions.rules.stage import Stage


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Purpose": "preview"},
        {"X-Moz": "prefetch"},
        {"User-Agent": "WhatsApp/2.23.20.0"},
        {"User-Agent": "Mozilla/5.0 (compatible; TelegramBot (like TwitterBot))"},
    ],
)
def test_prefetch_and_previews_only_look(headers):
    assert only_looks("GET", headers)


def test_head_only_looks():
    assert only_looks("HEAD", {})


def test_a_person_comes_in():
    assert not only_looks("GET", {"User-Agent": "Mozilla/5.0 (Android 14; Mobile) Firefox/128.0"})


@pytest.mark.parametrize("stage", list(Stage))
def test_the_link_leads_into_the_room_only_while_the_doors_are_open(stage):
    opened = stage in {Stage.DOORS, Stage.LIVE}
    assert way(stage, has_room=True) is (Way.ROOM if opened else Way.PAGE)
    assert way(stage, has_room=False) is (Way.NO_ROOM if opened else Way.PAGE)
    assert way(stage, has_room=True, stay=True) is Way.PAGE
