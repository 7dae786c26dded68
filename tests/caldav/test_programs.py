"""What Apple's Calendar, DAVx5, Thunderbird, vdirsyncer and caldav send, and what they are told."""

import icalendar
import pytest

from tests.caldav.conftest import COLLECTION, HOME, golden, short


def inner(element) -> list[str]:
    return [short(each.tag) for each in element]


def href_in(element) -> str:
    return element.findtext("{DAV:}href")


def test_apple_finds_the_principal_and_its_home(phone):
    me = phone.see("PROPFIND", "/dav/", golden("apple-1-who-am-i"), Depth="0")["/dav/"]
    assert href_in(me.properties["D:current-user-principal"]) == "/dav/"
    assert inner(me.properties["D:resourcetype"]) == ["D:collection", "D:principal"]
    principal = phone.see("PROPFIND", "/dav/", golden("apple-2-principal"), Depth="0")["/dav/"]
    assert href_in(principal.properties["C:calendar-home-set"]) == HOME
    assert href_in(principal.properties["C:calendar-user-address-set"]) == "mailto:ada@clinic.example"
    assert principal.text("D:displayname") == "Ada Attendee"
    assert sorted(principal.missing) == [
        "C:schedule-inbox-URL",
        "C:schedule-outbox-URL",
        "CS:dropbox-home-URL",
        "CS:email-address-set",
        "CS:notification-URL",
        "D:resource-id",
    ]


def test_apple_sees_one_calendar_that_can_only_be_read(phone):
    seen = phone.see("PROPFIND", HOME, golden("apple-3-home"), Depth="1")
    assert list(seen) == [HOME, COLLECTION]
    mine = seen[COLLECTION]
    assert inner(mine.properties["D:resourcetype"]) == ["D:collection", "C:calendar"]
    assert mine.text("D:displayname") == "My sessions"
    assert mine.text("CS:getctag") == mine.text("D:sync-token")
    privileges = mine.properties["D:current-user-privilege-set"]
    assert [inner(each)[0] for each in privileges] == ["D:read", "D:read-current-user-privilege-set"]
    assert [each.get("name") for each in mine.properties["C:supported-calendar-component-set"]] == ["VEVENT"]
    reports = mine.properties["D:supported-report-set"]
    assert [inner(each[0])[0] for each in reports] == [
        "C:calendar-query",
        "C:calendar-multiget",
        "D:sync-collection",
    ]
    assert mine.text("A:calendar-color") == "#2B5C8AFF"
    assert "http://me.com/_namespace/:bulk-requests" in mine.missing


@pytest.mark.parametrize("program", ["apple-4-sync", "thunderbird-3-sync"])
def test_the_first_sync_lists_every_event(phone, href, program):
    seen = phone.see("REPORT", COLLECTION, golden(program), Depth="1")
    assert list(seen) == [href]
    assert seen[href].text("D:getcontenttype") == "text/calendar; charset=utf-8; component=vevent"


@pytest.mark.parametrize("program", ["apple-6-time-range", "davx5-3-query", "vdirsyncer-3-list"])
def test_a_query_lists_events_with_the_tags_of_the_events(phone, href, program):
    seen = phone.see("REPORT", COLLECTION, golden(program), Depth="1")
    assert {where: each.text("D:getetag") for where, each in seen.items()} == phone.sync()[0]
    assert list(seen) == [href]


@pytest.mark.parametrize("program", ["apple-5", "davx5-4", "thunderbird-4", "vdirsyncer-4"])
def test_a_multiget_brings_the_bytes_that_get_brings(phone, href, program):
    seen = phone.see("REPORT", COLLECTION, golden(f"{program}-multiget", href=href), Depth="1")
    assert list(seen) == [href]
    assert seen[href].text("C:calendar-data").encode() == phone.ask("GET", href).data


@pytest.mark.parametrize("form", ["http://webinar.test{}", "{}", " {} "])
def test_a_multiget_takes_hrefs_as_programs_write_them(phone, href, form):
    for written in (href, href.replace("%40", "@")):
        given = form.format(written)
        seen = phone.see("REPORT", COLLECTION, golden("thunderbird-4-multiget", href=given))
        assert [each.status for each in seen.values()] == [""]


def test_a_multiget_says_404_of_what_is_gone(phone):
    gone = f"{COLLECTION}gone.ics"
    seen = phone.see("REPORT", COLLECTION, golden("davx5-4-multiget", href=gone))
    assert {where: each.status for where, each in seen.items()} == {gone: "404"}


def test_davx5_learns_what_the_calendar_can(phone):
    home = phone.see("PROPFIND", HOME, golden("davx5-1-home"), Depth="1")
    assert inner(home[COLLECTION].properties["D:resourcetype"]) == ["D:collection", "C:calendar"]
    able = phone.see("PROPFIND", COLLECTION, golden("davx5-2-capabilities"), Depth="0")[COLLECTION]
    assert (able.text("D:sync-token"), able.missing) == (phone.sync()[1], ["C:max-resource-size"])


def test_davx5_goes_on_from_its_token(phone, href):
    _, token = phone.sync()
    assert phone.see("REPORT", COLLECTION, golden("davx5-5-sync", token=token), Depth="0") == {}


def test_thunderbird_learns_what_the_calendar_can(phone):
    seen = phone.see("PROPFIND", COLLECTION, golden("thunderbird-1-collection"), Depth="0")
    assert seen[COLLECTION].missing == []
    home = phone.see("PROPFIND", HOME, golden("thunderbird-2-home"), Depth="1")
    assert home[COLLECTION].text("D:displayname") == "My sessions"


def test_vdirsyncer_finds_the_calendar(phone):
    root = phone.see("PROPFIND", "/dav/", golden("vdirsyncer-1-home"), Depth="0")["/dav/"]
    assert href_in(root.properties["C:calendar-home-set"]) == HOME
    seen = phone.see("PROPFIND", HOME, golden("vdirsyncer-2-collections"), Depth="1")
    assert [
        where for where, each in seen.items() if "C:calendar" in inner(each.properties["D:resourcetype"])
    ] == [COLLECTION]


def test_caldav_expands_to_utc(phone, href, flow):
    seen = phone.see("REPORT", COLLECTION, golden("caldav-1-expand"), Depth="1")
    data = seen[href].text("C:calendar-data")
    [event] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert event.start == flow.starts_at
    assert f"DTSTART:{flow.starts_at:%Y%m%dT%H%M%SZ}\r\n" in data
    assert "TZID" not in data


def test_caldav_finds_an_event_by_its_uid(phone, href, flow):
    assert list(phone.see("REPORT", COLLECTION, golden("caldav-2-by-uid", uid=flow.uid))) == [href]
    assert list(phone.see("REPORT", COLLECTION, golden("caldav-2-by-uid", uid="other"))) == []
