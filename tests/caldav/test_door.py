"""The door: who comes in, what it says it can, and what it refuses."""

import base64

import icalendar
import pytest

from tests.caldav.conftest import COLLECTION, HOME, Program, golden
from tests.factories.accounts import ada
from tests.factories.registration import call_off, open_session, seat
from webinar.accounts import service as accounts
from webinar.accounts.guards import cookie_name
from webinar.caldav.queries import passwords as queries
from webinar.caldav.service import passwords
from webinar.db.store import store, transaction
from webinar.registration.queries.seats import join_path


@pytest.mark.parametrize("method", ["GET", "PROPFIND", "REPORT", "OPTIONS"])
def test_the_well_known_address_leads_to_the_root(page, method):
    answer = page.raw("/.well-known/caldav", method=method)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/dav/")


@pytest.mark.parametrize("path", ["/dav", "/dav/", HOME, COLLECTION, f"{COLLECTION}x.ics", "/dav/nowhere/"])
@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "GET", "PUT", "DELETE"])
def test_strangers_are_asked_for_an_app_password(page, path, method):
    answer = page.raw(path, method=method)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (
        401,
        'Basic realm="webinar calendars", charset="UTF-8"',
    )


@pytest.mark.parametrize("user", ["bo@clinic.example", "", "ada"])
def test_an_app_password_opens_only_with_its_owners_address(page, secret, user):
    assert Program(page, user, secret).ask("PROPFIND", "/dav/").status_code == 401


@pytest.mark.parametrize("change", [str.upper, lambda text: text.replace("-", ""), lambda text: f" {text} "])
def test_an_app_password_may_be_typed_with_or_without_its_dashes(page, secret, change):
    assert Program(page, "Ada@Clinic.example", change(secret)).ask("PROPFIND", "/dav/").status_code == 207


def test_a_revoked_app_password_opens_nothing_and_the_others_still_do(page, phone):
    with transaction():
        other = passwords.make(ada(), "Laptop")
        passwords.revoke(ada(), queries.live_of(ada().id)[1].id)
    assert phone.ask("PROPFIND", "/dav/").status_code == 401
    assert Program(page, "ada@clinic.example", other).ask("PROPFIND", "/dav/").status_code == 207


def test_a_browsers_login_is_no_way_in(page, held):
    page.sign_in(ada())
    assert page.raw("/dav/", method="PROPFIND").status_code == 401
    token = accounts.begin_login(ada(), "test")
    store.commit()
    assert Program(page, "ada@clinic.example", token).ask("PROPFIND", "/dav/").status_code == 401
    assert cookie_name() == "login"


@pytest.mark.parametrize("header", ["Bearer x", "Basic", "Basic !!!", "Basic " + base64.b64encode(b"x").decode(),
                                    "Basic " + base64.b64encode(b"\xff:\xff").decode(), "Digest a=b"])  # fmt: skip
def test_what_is_no_basic_authentication_is_asked_again(page, header):
    assert page.raw("/dav/", method="PROPFIND", headers={"Authorization": header}).status_code == 401


def test_guessing_is_slowed_down_and_the_owner_still_comes_in(page, phone):
    guesses = [Program(page, "ada@clinic.example", "guess").ask("PROPFIND", "/dav/") for _ in range(21)]
    assert [guess.status_code for guess in guesses] == [401] * 20 + [429]
    assert guesses[-1].headers["Retry-After"] == "900"
    assert phone.ask("PROPFIND", "/dav/").status_code == 207


def test_the_last_use_is_noted(phone, clock):
    phone.ask("PROPFIND", "/dav/")
    [password] = queries.live_of(ada().id)
    first = password.last_used_at
    clock.shift(240)
    phone.ask("PROPFIND", "/dav/")
    store.expire_all()
    assert password.last_used_at == first
    clock.shift(120)
    phone.ask("PROPFIND", "/dav/")
    store.expire_all()
    assert password.last_used_at > first


def test_options_tells_what_can_be_done_without_a_password(page, href):
    told = {path: page.raw(path, method="OPTIONS").headers for path in ("/dav/", COLLECTION, href)}
    assert {headers["DAV"] for headers in told.values()} == {"1, 3, calendar-access"}
    assert [headers["Allow"] for headers in told.values()] == [
        "OPTIONS, PROPFIND",
        "OPTIONS, PROPFIND, REPORT",
        "OPTIONS, GET, HEAD, PROPFIND",
    ]


@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "MKCALENDAR", "PROPPATCH", "MKCOL", "MOVE", "COPY", "LOCK"]
)
def test_writing_needs_a_privilege_that_nobody_has(phone, href, method):
    answer = phone.ask(method, href, "BEGIN:VCALENDAR")
    assert (answer.status_code, answer.mimetype) == (403, "application/xml")
    assert "<D:need-privileges>" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_an_event_is_one_uid_without_a_method_or_people(phone, href, flow, held):
    answer = phone.ask("GET", href)
    assert answer.content_type == "text/calendar; charset=utf-8; component=vevent"
    calendar = icalendar.Calendar.from_ical(answer.data)
    [event] = calendar.walk("VEVENT")
    assert (event["UID"], event.start, event.end) == (flow.uid, flow.starts_at, flow.ends_at)
    assert str(event["LOCATION"]) == f"http://webinar.test{join_path(held)}"
    assert {"METHOD", "ATTENDEE", "ORGANIZER"} & {*calendar, *event} == set()


def test_an_event_has_a_strong_tag_also_for_those_who_take_gzip(phone, href):
    answer = phone.ask("GET", href, Accept_Encoding="gzip")
    tag = phone.sync()[0][href]
    assert (answer.headers["ETag"], answer.headers.get("Content-Encoding")) == (tag, None)
    assert phone.ask("GET", href, If_None_Match=tag).status_code == 304
    head = phone.ask("HEAD", href)
    assert (head.status_code, head.headers["ETag"], head.data) == (200, tag, b"")


def test_folders_are_not_read_and_what_is_nowhere_is_not_there(phone):
    assert [phone.ask("GET", path).status_code for path in ("/dav/", HOME, COLLECTION)] == [405] * 3
    nowhere = ("/dav/x/", f"{COLLECTION}none.ics", f"{COLLECTION}a/b.ics", f"{COLLECTION}none")
    assert [phone.ask("PROPFIND", path).status_code for path in nowhere] == [404] * 4


def test_nobody_elses_event_is_there(phone):
    theirs = open_session(title="Theirs")
    seat(theirs, "bo@clinic.example", "Bo")
    assert phone.ask("GET", f"{COLLECTION}{theirs.uid}.ics".replace("@", "%40")).status_code == 404


def test_a_foreign_host_is_refused(page):
    answer = page.http.open("/dav/", method="PROPFIND", base_url="http://elsewhere.test")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        "<",
        "<a><b></a>",
        "\x00",
        golden("hostile-entity"),
        "<a>" * 60,
        '<?xml version="1.0" encoding="x"?><a/>',
    ],
)
def test_what_is_no_plain_xml_is_refused(phone, body):
    assert phone.ask("PROPFIND", COLLECTION, body).status_code == 400
    assert phone.ask("REPORT", COLLECTION, body).status_code == 400


def test_large_requests_are_refused(phone):
    assert phone.ask("REPORT", COLLECTION, "<a>" + " " * 300_000 + "</a>").status_code == 413


def test_a_cancelled_session_stays_as_cancelled_for_a_month(phone, href, flow, clock):
    call_off(flow)
    [event] = icalendar.Calendar.from_ical(phone.ask("GET", href).data).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    clock.shift(31 * 86400)
    assert phone.ask("GET", href).status_code == 404
