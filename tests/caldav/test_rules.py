"""Addresses, tokens, app passwords, time ranges and XML, without a database."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from webinar.caldav.formats.tree import node, read, written
from webinar.caldav.rules import places, secret, tokens
from webinar.caldav.rules.asking import Filter, Span
from webinar.caldav.rules.matching import matches
from webinar.caldav.rules.tags import cal, dav
from webinar.calendars.ics.event import CalendarEvent

UIDS = st.one_of(
    st.text(min_size=1, max_size=260),
    st.text("abc-_.@+/%?#;: \\~äx", min_size=1, max_size=30),
    st.uuids().map(lambda each: f"{each}@webinar.example"),
)


@given(UIDS)
def test_an_href_is_ascii_of_one_segment_and_leads_back(uid):
    href = places.href_of(uid)
    assert re.fullmatch(r"/dav/calendars/personal/(?!\.)[A-Za-z0-9._%+-]+\.ics", href, re.ASCII)
    there = places.Place(places.Kind.RESOURCE, places.file_name(uid))
    assert places.place_of(unquote(href)) == there
    assert places.place_at(f"https://webinar.example{href}") == there


@given(st.lists(UIDS, unique=True, min_size=2, max_size=6))
def test_two_uids_never_share_an_href(uids):
    assert len({places.href_of(uid) for uid in uids}) == len(uids)


@given(st.text())
def test_whatever_a_program_calls_an_address_is_some_place_or_none(text):
    assert places.place_at(text).kind in places.Kind


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_token_leads_back_to_its_version(owner, version):
    text = tokens.token("https://webinar.example", owner, version)
    assert tokens.version_of(text, "https://webinar.example", owner, version) == version
    assert tokens.version_of(text, "https://webinar.example", owner, version - 1) is None
    assert tokens.version_of(text, "https://webinar.example", owner + 1, version) is None


@given(st.text())
def test_no_other_text_is_a_token(text):
    assert tokens.version_of(text, "https://webinar.example", 1, 5) is None


def test_app_passwords_are_long_random_and_easy_to_type():
    made = {secret.fresh_secret() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"(?:[a-km-np-z2-9]{4}-){6}[a-km-np-z2-9]{4}", each) for each in made)
    assert 32**28 == 2**140


NINE = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
"""A Monday; 11:00 in Berlin until 25 October."""


def series(**changes):
    known = {
        "uid": "a@b", "sequence": 0, "stamp_at": NINE, "created_at": NINE, "modified_at": NINE, "start_at": NINE,
        "end_at": NINE + timedelta(hours=1), "summary": "Weekly", "zone_name": "Europe/Berlin",
        "rrule": "FREQ=WEEKLY;COUNT=6",
    }  # fmt: skip
    return CalendarEvent(**{**known, **changes})


def asked(start: str, end: str) -> Filter:
    return Filter(span=Span(datetime.fromisoformat(start), datetime.fromisoformat(end)))


def test_a_series_is_found_by_its_instances_across_a_clock_change():
    """26 October, 11:00 Berlin is 10:00 UTC."""
    assert matches(series(), asked("2026-10-26T10:00Z", "2026-10-26T10:01Z"))
    assert not matches(series(), asked("2026-10-26T09:00Z", "2026-10-26T10:00Z"))
    assert not matches(series(), asked("2026-11-16T00:00Z", "2027-11-16T00:00Z"))


def test_dropped_instances_are_not_found_and_moved_ones_are_found_where_they_are():
    dropped = series(exdates=(NINE + timedelta(days=7),))
    assert not matches(dropped, asked("2026-10-12T00:00Z", "2026-10-13T00:00Z"))
    away = NINE + timedelta(days=8)
    moved = series(
        rrule=None, recurs_at=NINE + timedelta(days=7), start_at=away, end_at=away + timedelta(hours=1)
    )
    held = series(overrides=(moved,))
    assert not matches(held, asked("2026-10-12T00:00Z", "2026-10-13T00:00Z"))
    assert matches(held, asked("2026-10-13T09:30Z", "2026-10-13T09:40Z"))


def test_open_ranges_have_one_edge():
    assert matches(series(), Filter(span=Span(start_at=NINE + timedelta(days=30))))
    assert not matches(series(), Filter(span=Span(end_at=NINE)))


@given(st.text(), st.text())
def test_what_is_written_is_read_as_it_was_by_any_parser(text, other):
    document = written(
        node(dav("multistatus"), node(cal("calendar-data"), f"a\r\n{text}"), node("odd", other))
    )
    again = read(document)
    kept = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    assert again.tag == dav("multistatus")
    assert [child.tag for child in again.children] == [cal("calendar-data"), "odd"]
    assert again.children[0].text == f"a\r\n{kept}"
    assert ElementTree.fromstring(document)[0].text == f"a\r\n{kept}"
