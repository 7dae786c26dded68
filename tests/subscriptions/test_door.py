"""The door answers what the pages answer, byte for byte, and only what its asker may read."""

import gzip
import subprocess
import sys
from datetime import timedelta

import pytest
from werkzeug.test import Client

from tests.factories.accounts import ada as ada_person
from tests.factories.accounts import olga
from tests.factories.registration import seat
from tests.factories.sessions import session
from tests.factories.societies import society
from webinar.calendars.models import FeedKey
from webinar.calendars.queries import feeds as queries
from webinar.calendars.service import feed_keys as service
from webinar.db.store import store, transaction
from webinar.sessions.rules.start import When
from webinar.sessions.service import timing
from webinar.subscriptions.door import EXTENSION
from webinar.subscriptions.models import FeedBody, FeedCopy, FeedFragment
from webinar.subscriptions.rules.variant import MOST_VARIANTS
from webinar.subscriptions.service import shelf
from webinar.timekeeping import clock as the_clock

OURS = "http://webinar.test"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def flow(app):
    return session(society(), title="Flow diverters; \\ , \r\nBEGIN:VEVENT " + "日本語 أهلا 👩‍🔬 " * 20)


@pytest.fixture
def mine(flow):
    with transaction():
        key = service.give_feed(seat(flow).person_id)
    return queries.path_of(key)


@pytest.fixture
def door(app):
    return app.extensions[EXTENSION]


@pytest.fixture
def paths(mine):
    return [mine, "/ens/calendar.ics", "/ens/calendar.ics?lang=ar&zone=Asia/Kolkata&alarm=15&all=1",
            "/ens/feed.atom", "/ens/feed.json"]  # fmt: skip


def answered(application, path, method="GET", host="webinar.test", **headers):
    answer = Client(application).open(
        path,
        method=method,
        base_url=f"http://{host}",
        headers={k.replace("_", "-"): v for k, v in headers.items()},
    )
    shown = sorted((name, value) for name, value in answer.headers if name != "X-Request-Id")
    return answer.status, shown, answer.data


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_door_and_pages_answer_alike(paths, door, method):
    for path in paths:
        status, first, _body = answered(door.inner, path)
        assert status == "200 OK"
        tag = dict(first)["ETag"]
        for headers in ({}, {"Accept_Encoding": "gzip"}, {"Accept_Encoding": "gzip;q=0, br"},
                        {"If_None_Match": tag}, {"If_None_Match": f"W/{tag}"}, {"If_None_Match": "*"},
                        {"If_None_Match": '"x", ' + tag}, {"If_None_Match": '"x"'},
                        {"If_Modified_Since": dict(first)["Last-Modified"]},
                        {"If_Modified_Since": "Wed, 07 Oct 2020 09:00:00 GMT"},
                        {"If_Modified_Since": "nonsense"}):  # fmt: skip
            by_door = door._answer(_environ(path, method, headers), path.partition("?")[0])
            assert by_door is not None, path
            assert answered(door, path, method, **headers) == answered(door.inner, path, method, **headers)


def _environ(path, method, headers):
    plain, _, query = path.partition("?")
    named = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {"PATH_INFO": plain, "QUERY_STRING": query, "REQUEST_METHOD": method, "wsgi.url_scheme": "http",
            "HTTP_HOST": "webinar.test", **named}  # fmt: skip


def test_both_number_their_answers_and_guard_them(mine, page):
    for _ in range(2):
        headers = page.raw(mine).headers
        assert len(headers["X-Request-Id"]) == 12
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_foreign_host_is_refused_though_the_feed_is_on_the_shelf(mine, page, app):
    page.raw(mine)
    assert answered(app.wsgi_app, mine, host="evil.example")[0].startswith("400")


def test_a_revoked_address_is_gone_at_once_and_an_unknown_one_is_nowhere(mine, page):
    assert page.raw(mine).status_code == 200
    with transaction():
        service.renew(ada_person())
    assert page.raw(mine).status_code == 410
    assert page.raw(mine, headers={"If-None-Match": "*"}).status_code == 410
    assert page.raw("/calendars/wf_nobody.ics").status_code == 404


def test_parameters_that_we_do_not_know_give_the_plain_feed(paths, page):
    plain = page.raw("/ens/calendar.ics")
    for query in (
        "?lang=xx",
        "?zone=Nowhere/City",
        "?alarm=7",
        "?alarm=²",
        "?all=yes",
        "?deadlines=1",
        "?x=y",
    ):
        assert page.raw(f"/ens/calendar.ics{query}").headers["ETag"] == plain.headers["ETag"], query


def test_known_parameters_change_language_zone_and_reminder(flow, page):
    told = page.raw("/ens/calendar.ics?lang=ar&zone=Asia/Calcutta&alarm=15").data.decode()
    assert "X-WR-TIMEZONE:Asia/Kolkata" in told
    assert "TRIGGER:-PT15M" in told
    assert "VALARM" not in page.raw("/ens/calendar.ics").data.decode()
    assert "Set-Cookie" not in page.raw("/ens/calendar.ics?lang=ar").headers


def test_inventing_parameters_fills_no_store(flow, page):
    zones = ["Asia/Tokyo", "Europe/Paris", "Europe/Rome", "America/Lima", "Africa/Cairo"]
    for zone in zones:
        for alarm in (5, 10, 15, 30):
            page.raw(f"/ens/calendar.ics?zone={zone}&alarm={alarm}")
    assert store.query(FeedCopy).count() <= MOST_VARIANTS + 1


def test_secret_links_and_addresses_are_sealed_in_the_store(mine, flow, page):
    token = mine.removeprefix("/calendars/").encode()[:-4]
    assert token in page.raw(mine).data.replace(b"\r\n ", b"")
    kept = [octets for body in store.query(FeedBody) for octets in (body.plain, gzip_or_raw(body.zipped))]
    kept += [fragment.body for fragment in store.query(FeedFragment)]
    assert len(kept) == 3
    assert [octets for octets in kept if b"jn_" in octets or token in octets or b"VEVENT" in octets] == []


def gzip_or_raw(octets):
    try:
        return gzip.decompress(octets)
    except gzip.BadGzipFile:
        return octets


def test_readings_are_noted_at_the_door_too(mine, page, clock):
    page.raw(mine)
    clock.shift(timedelta(minutes=6))
    page.raw(mine)
    store.rollback()
    assert store.query(FeedKey).one().last_read_at == the_clock.now()


def test_another_process_sees_an_edit_at_once(flow, page, settings):
    before = page.raw("/ens/calendar.ics")
    script = f"""
from webinar.app import create_app
from webinar.config import Settings
app = create_app(Settings(_env_file=None, mode="test", base_url="{settings.base_url}",
    secret_key="{settings.secret_key}", data={str(settings.data)!r}, database_url={settings.database_url!r}))
from webinar.timekeeping import clock
from datetime import datetime, UTC
with clock.standing_at(datetime(2026, 10, 7, 9, tzinfo=UTC)):
    asked = app.test_client().get("/ens/calendar.ics", base_url="{settings.base_url}")
    print(asked.status_code, asked.headers["ETag"])
    from webinar.db.store import store, transaction
    from webinar.sessions.models import Session
    from webinar.sessions.service import publication
    from webinar.accounts.models import Person
    with app.app_context(), transaction():
        publication.cancel(store.query(Session).one(), store.query(Person).first(), "No room")
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["200", before.headers["ETag"]]
    after = page.raw("/ens/calendar.ics", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert b"STATUS:CANCELLED" in after.data


def test_while_another_process_makes_it_the_last_good_one_is_served(flow, page, monkeypatch):
    from webinar.subscriptions.feeds import shelf as taking
    from webinar.subscriptions.models import ScopeKind
    from webinar.subscriptions.queries.events import Owner
    from webinar.subscriptions.rules.variant import Variant

    monkeypatch.setattr(taking, "WAITS", 2)
    first = page.raw("/ens/calendar.ics")
    with transaction():
        timing.move(flow, olga(), When(flow.starts_local + timedelta(days=1), "Europe/Berlin", 60))
    with transaction():
        assert shelf.claim(Owner(ScopeKind.SOCIETY, flow.society_id), Variant(), the_clock.now())
    assert page.raw("/ens/calendar.ics").data == first.data


def test_an_event_that_cannot_be_written_costs_itself_alone(flow, page):
    session(flow.society, title="Bad one")
    store.query(type(flow)).filter_by(title="Bad one").update({"uid": "bad uid with spaces"})
    store.commit()
    told = page.raw("/ens/calendar.ics").data
    assert told.count(b"BEGIN:VEVENT\r\n") == 1
    assert b"Bad one" not in told


def test_tidying_keeps_what_is_read_and_drops_the_rest(flow, page, clock):
    page.raw("/ens/calendar.ics")
    with transaction():
        timing.move(flow, olga(), When(flow.starts_local + timedelta(days=1), "Europe/Berlin", 60))
    page.raw("/ens/calendar.ics")
    assert store.query(FeedBody).count() == 2
    clock.shift(timedelta(hours=2))
    with transaction():
        shelf.tidy(the_clock.now())
    assert store.query(FeedBody).count() == 1
    assert page.raw("/ens/calendar.ics").status_code == 200
    clock.shift(timedelta(days=40))
    with transaction():
        shelf.tidy(the_clock.now())
    assert (store.query(FeedCopy).count(), store.query(FeedBody).count()) == (0, 0)


def test_kept_lines_are_short_and_end_in_crlf(paths, page):
    for path in paths[:3]:
        octets = page.raw(path).data
        assert octets.endswith(b"END:VCALENDAR\r\n")
        lines = octets.split(b"\r\n")
        assert [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line] == []
        assert octets.count(b"BEGIN:VEVENT\r\n") == 1
