"""PROPFIND beyond what programs ask, queries beyond what they filter."""

import pytest

from tests.caldav.conftest import COLLECTION, HOME
from tests.factories.registration import open_session, seat

QUERY = (
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/></D:prop>'
    '<C:filter><C:comp-filter name="VCALENDAR">{}</C:comp-filter></C:filter>{}</C:calendar-query>'
)
EVENT = '<C:comp-filter name="VEVENT">{}</C:comp-filter>'

ODD = '<C:text-match collation="odd">a</C:text-match>'


def query(phone, inside: str, after: str = "") -> dict[str, str]:
    return {
        href: each.status
        for href, each in phone.see("REPORT", COLLECTION, QUERY.format(inside, after)).items()
    }


def test_without_a_body_all_common_properties_come(phone, href):
    seen = phone.see("PROPFIND", href)[href]
    assert sorted(seen.properties) == ["D:getcontenttype", "D:getetag", "D:getlastmodified", "D:resourcetype"]


def test_propname_names_without_values(phone):
    body = '<propfind xmlns="DAV:"><propname/></propfind>'
    seen = phone.see("PROPFIND", COLLECTION, body)[COLLECTION]
    assert sorted(seen.properties) == ["A:calendar-color", "CS:getctag", "D:displayname", "D:resourcetype"]
    assert {"".join(each.itertext()) for each in seen.properties.values()} == {""}


def test_allprop_may_include_more(phone):
    body = '<propfind xmlns="DAV:"><allprop/><include><owner/></include></propfind>'
    assert "D:owner" in phone.see("PROPFIND", COLLECTION, body)[COLLECTION].properties


def test_a_property_without_a_namespace_is_not_there(phone):
    seen = phone.see("PROPFIND", "/dav/", '<D:propfind xmlns:D="DAV:"><D:prop><odd/></D:prop></D:propfind>')
    assert seen["/dav/"].properties == {}
    assert len(seen["/dav/"].missing) == 1


def test_the_length_is_that_of_the_event(phone, href):
    body = '<propfind xmlns="DAV:"><prop><getcontentlength/></prop></propfind>'
    length = phone.see("PROPFIND", href, body)[href].text("D:getcontentlength")
    assert int(length) == len(phone.ask("GET", href).data)


def test_depth_one_shows_what_lies_inside_and_infinity_is_refused(phone, href):
    assert list(phone.see("PROPFIND", "/dav/", Depth="1")) == ["/dav/", HOME]
    assert list(phone.see("PROPFIND", COLLECTION, Depth="1")) == [COLLECTION, href]
    assert list(phone.see("PROPFIND", COLLECTION, Depth="0")) == [COLLECTION]
    refused = phone.ask("PROPFIND", "/dav/", Depth="infinity")
    assert (refused.status_code, "propfind-finite-depth" in refused.text) == (403, True)


def test_a_folder_without_its_slash_is_the_same_folder(phone):
    answer = phone.ask("PROPFIND", COLLECTION.rstrip("/"))
    assert (answer.status_code, answer.headers["Content-Location"]) == (207, COLLECTION)
    assert f"<D:href>{COLLECTION}</D:href>" in answer.text


@pytest.mark.parametrize(
    ("start", "end", "is_in"),
    [
        ("20261014T120000Z", "20261014T130000Z", False),
        ("20261014T120000Z", "20261014T130001Z", True),
        ("20261014T135959Z", "20261014T150000Z", True),
        ("20261014T140000Z", "20261014T150000Z", False),
    ],
)
def test_a_time_range_ends_before_its_end_as_sessions_do(phone, href, start, end, is_in):
    """Flow is from 13:00 to 14:00 UTC."""
    found = query(phone, EVENT.format(f'<C:time-range start="{start}" end="{end}"/>'))
    assert list(found) == ([href] if is_in else [])


def test_there_are_no_tasks(phone, href):
    assert query(phone, '<C:comp-filter name="VTODO"/>') == {}
    absent = '<C:comp-filter name="VTODO"><C:is-not-defined/></C:comp-filter>'
    assert list(query(phone, absent)) == [href]
    assert query(phone, EVENT.format("<C:is-not-defined/>")) == {}
    assert list(query(phone, "")) == [href]


@pytest.mark.parametrize(
    ("found", "inside"),
    [
        (True, "<C:text-match>FLOW</C:text-match>"),
        (False, '<C:text-match collation="i;octet">FLOW</C:text-match>'),
        (False, '<C:text-match negate-condition="yes">flow</C:text-match>'),
        (True, ""),
        (False, "<C:is-not-defined/>"),
    ],
)
def test_titles_can_be_searched(phone, found, inside):
    asked = EVENT.format(f'<C:prop-filter name="SUMMARY">{inside}</C:prop-filter>')
    assert bool(query(phone, asked)) is found


@pytest.mark.parametrize(
    ("condition", "inside"),
    [
        ("supported-filter", EVENT.format('<C:comp-filter name="VALARM"/>')),
        ("supported-filter", EVENT.format('<C:prop-filter name="X-ODD"/>')),
        ("supported-filter", '<C:prop-filter name="VERSION"/>'),
        ("supported-collation", EVENT.format(f'<C:prop-filter name="UID">{ODD}</C:prop-filter>')),
        ("valid-filter", EVENT.format('<C:time-range start="2026-10-01"/>')),
        ("valid-filter", EVENT.format("<C:time-range/>")),
        ("valid-filter", EVENT.format('<C:time-range start="20261002T000000Z" end="20261001T000000Z"/>')),
    ],
)  # fmt: skip
def test_a_filter_that_we_cannot_follow_is_refused(phone, condition, inside):
    answer = phone.ask("REPORT", COLLECTION, QUERY.format(inside, ""))
    assert (answer.status_code, f"<C:{condition}/>" in answer.text) == (403, True)


def test_a_limited_query_says_that_there_is_more(phone, href):
    seat(open_session(title="Second"))
    found = query(phone, "", "<C:limit><C:nresults>1</C:nresults></C:limit>")
    assert found == {href: "", COLLECTION: "507"}


@pytest.mark.parametrize("path", ["/dav/", HOME])
def test_reports_are_made_of_the_calendar_alone(phone, path):
    answer = phone.ask("REPORT", path, QUERY.format("", ""))
    assert (answer.status_code, "<D:supported-report/>" in answer.text) == (403, True)


def test_reports_that_we_do_not_make_are_named(phone):
    answer = phone.ask("REPORT", COLLECTION, '<D:principal-match xmlns:D="DAV:"/>')
    assert (answer.status_code, "<D:supported-report/>" in answer.text) == (403, True)
