"""Windows, variants, freshness, sealing and memory of feeds, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.subscriptions.rules.answer import Asked, Face, is_fresh, takes_gzip
from webinar.subscriptions.rules.reading import Standing, should_note_reading, standing
from webinar.subscriptions.rules.recent import Recent
from webinar.subscriptions.rules.sealed import opened, sealed
from webinar.subscriptions.rules.variant import ALARMS, Form, Variant, wanted
from webinar.subscriptions.rules.window import window

NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)
FACE = Face("a", int(NOON.timestamp()))
DATED = "Wed, 07 Oct 2026 12:00:00 GMT"


def test_the_window_is_the_same_all_day_and_begins_90_days_back():
    assert window(NOON) == window(NOON + timedelta(hours=11))
    assert window(NOON).first_at == datetime(2026, 7, 9, tzinfo=UTC)
    assert window(NOON).last_at == datetime(2028, 4, 7, tzinfo=UTC)
    assert window(NOON).cancelled_at == datetime(2026, 9, 7, tzinfo=UTC)
    assert window(NOON).day == "2026-10-07"


@pytest.mark.parametrize(
    ("asked", "fresh"),
    [
        (Asked('"a"'), True),
        (Asked('"a-gzip"'), True),
        (Asked('W/"a"'), True),
        (Asked('"b", "a"'), True),
        (Asked("*"), True),
        (Asked('"b"', DATED), False),
        (Asked("", DATED), True),
        (Asked("", "Wed, 07 Oct 2026 11:59:59 GMT"), False),
        (Asked("", "yesterday"), False),
        (Asked(), False),
    ],
)
def test_a_tag_decides_and_a_date_only_without_one(asked, fresh):
    assert is_fresh(FACE, asked) is fresh


@pytest.mark.parametrize(
    ("header", "takes"),
    [("gzip", True), ("br, gzip", True), ("", False), ("br", False), ("gzip;q=0", False), ("gzip;q=0.1", True),
     ("*", True), ("*;q=0", False), ("identity", False)],
)  # fmt: skip
def test_gzip_is_sent_to_who_takes_it(header, takes):
    assert takes_gzip(header) is takes


@given(st.dictionaries(st.sampled_from(["lang", "zone", "alarm", "all", "x"]), st.text(max_size=20)))
def test_whatever_is_asked_for_the_variants_are_few(query):
    found = wanted(Form.ICS, query, ("en", "ar"), {"Asia/Tokyo": "Asia/Tokyo"}.get)
    assert found.locale in {"", "en", "ar"}
    assert found.zone_name in {"", "Asia/Tokyo"}
    assert found.alarm_minutes in {0, *ALARMS}


def test_a_variant_names_its_own_parameters():
    asked = {"lang": "ar", "zone": "Asia/Tokyo", "alarm": "15", "all": "1"}
    found = wanted(Form.ICS, asked, ("en", "ar"), str)
    assert found == Variant(Form.ICS, "ar", "Asia/Tokyo", 15, True)
    assert found.query == "?lang=ar&zone=Asia/Tokyo&alarm=15&all=1"
    assert (found.text, Variant().text) == ("ics|ar|Asia/Tokyo|15|all", "ics||||")


@pytest.mark.parametrize(
    ("known", "revoked", "is_"),
    [(True, False, Standing.LIVE), (True, True, Standing.REVOKED), (False, False, Standing.UNKNOWN)],
)
def test_who_holds_a_live_key_may_read(known, revoked, is_):
    assert standing(is_known=known, is_revoked=revoked) is is_


@pytest.mark.parametrize(("minutes", "noted"), [(None, True), (0, False), (4, False), (5, True)])
def test_reading_is_noted_once_in_five_minutes(minutes, noted):
    last = None if minutes is None else NOON - timedelta(minutes=minutes)
    assert should_note_reading(last, NOON) is noted


@given(st.binary(max_size=500))
def test_what_is_sealed_opens_with_its_key_alone(octets):
    shut = sealed(octets, "one key")
    assert opened(shut, "one key") == octets
    assert opened(shut, "another key") is None
    assert opened(shut[:-1], "one key") is None


def test_what_was_not_asked_for_the_longest_is_forgotten_first():
    recent = Recent(40)
    for name in "abcd":
        recent.put(name, b"x" * 10)
    assert recent.get("a") == b"x" * 10
    recent.put("e", b"x" * 10)
    assert [name for name in "abcde" if recent.get(name)] == ["a", "c", "d", "e"]
    recent.put("large", b"x" * 11)
    assert recent.get("large") is None
