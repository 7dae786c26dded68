"""Feeds as calendar programs read them: what is inside, 200, 304, HEAD, gzip, 404 and 410."""

import gzip
from datetime import timedelta
from http import HTTPStatus

import icalendar
import pytest

from tests.factories.accounts import ada as ada_person
from tests.factories.accounts import olga
from tests.factories.registration import seat
from tests.factories.sessions import draft, session
from tests.factories.societies import society
from tests.registration.conftest import count_queries  # noqa: F401
from webinar.calendars.models import FeedKey
from webinar.calendars.queries import feeds as queries
from webinar.calendars.service import feed_keys as service
from webinar.db.store import store, transaction
from webinar.registration.queries import seats
from webinar.registration.service import seats as registration
from webinar.sessions import queries as sessions
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication, timing
from webinar.sessions.service.draft import Draft
from webinar.sessions.service.series import SeriesPlan, plan_series
from webinar.timekeeping import clock as the_clock

ADA = "ada@clinic.example"


@pytest.fixture
def ens(app):
    return society()


@pytest.fixture
def flow(ens):
    return session(ens)


@pytest.fixture
def feed(flow):
    """The path of Ada's feed; she is registered."""
    with transaction():
        service.give_feed(seat(flow).person_id)
    return queries.feed_path(ada_person().id)


def events(answer):
    return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


def test_adas_feed_holds_her_session_with_the_join_link(flow, feed, page):
    answer = page.raw(feed)
    [event] = events(answer)
    ada = seats.of_person(ada_person().id)[0]
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert (event["UID"], int(event["SEQUENCE"])) == (flow.uid, flow.revision + ada.version)
    assert str(event["LOCATION"]) == f"http://webinar.test{seats.join_path(ada)}"
    assert f"http://webinar.test{seats.join_path(ada)}" in str(event["DESCRIPTION"]).splitlines()
    assert event["TRANSP"] == "OPAQUE"


def test_a_feed_is_private_and_sets_no_cookie(feed, page):
    headers = page.raw(feed).headers
    assert headers["Cache-Control"] == "private, max-age=300, must-revalidate"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in headers


def test_nobody_elses_sessions_are_in_it(ens, feed, page):
    other = session(ens, title="Other")
    seat(other, "bo@clinic.example", "Bo")
    assert [str(event["SUMMARY"]) for event in events(page.raw(feed))] == [
        "Flow diverters in ruptured aneurysms"
    ]


def test_a_seat_given_back_leaves_the_feed_and_changes_its_version(feed, page):
    before = page.raw(feed)
    with transaction():
        registration.give_back(seats.of_person(ada_person().id)[0])
    after = page.raw(feed, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, events(after)) == (200, [])


@pytest.mark.parametrize("kind", ["personal", "society", "single"])
def test_an_unchanged_feed_answers_304_without_a_body(kind, feed, flow, page):
    path = {"personal": feed, "society": "/ens/calendar.ics", "single": f"/s/{flow.slug}.ics"}[kind]
    first = page.raw(path)
    again = page.raw(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    since = page.raw(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304
    other = page.raw(path, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.data) == (200, first.data)


def test_equal_rows_give_equal_bytes_on_another_day(feed, page, clock):
    first = page.raw(feed)
    clock.shift(timedelta(days=1))
    second = page.raw(feed)
    assert (second.data, second.headers["ETag"]) == (first.data, first.headers["ETag"])


def test_gzip_has_a_tag_of_its_own_and_the_same_calendar(feed, page):
    plain = page.raw(feed)
    zipped = page.raw(feed, headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    tag = plain.headers["ETag"]
    assert zipped.headers["ETag"] == tag.removesuffix('"') + '-gzip"'
    assert tag.startswith('"')
    again = page.raw(feed, headers={"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["ETag"]})
    assert again.status_code == 304


def test_head_says_the_same_without_a_body(feed, page):
    got, head = page.raw(feed), page.raw(feed, method="HEAD")
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Cache-Control", "Content-Length"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    "path", ["/calendars/wf_nobody.ics", "/calendars/x.ics", "/nobody/calendar.ics", "/s/none.ics"]
)
def test_unknown_feeds_are_404(app, page, path):
    assert page.raw(path).status_code == 404


def test_a_renewed_address_works_and_the_old_one_is_gone(feed, page):
    page.sign_in(ada_person())
    token = page.get("/me/settings").soup.find("input", {"name": "csrf_token"})["value"]
    assert page.raw("/me/feed", method="POST", data={"csrf_token": token}).status_code == 303
    assert page.raw(feed).status_code == HTTPStatus.GONE
    assert page.raw(queries.feed_path(ada_person().id)).status_code == 200


def test_strangers_renew_nothing(feed, page):
    assert page.raw("/me/feed", method="POST").status_code in {303, 400}
    assert page.raw(feed).status_code == 200


def test_reading_is_noted_at_most_every_five_minutes(feed, page, clock):
    def last_read_at():
        store.expire_all()
        return store.query(FeedKey).one().last_read_at

    first = the_clock.now()
    page.raw(feed)
    assert last_read_at() == first
    clock.shift(timedelta(minutes=4))
    page.raw(feed)
    assert last_read_at() == first
    clock.shift(timedelta(minutes=1))
    page.raw(feed)
    assert last_read_at() == first + timedelta(minutes=5)


def test_the_societys_feed_names_no_people_and_no_join_link(ens, flow, page):
    seat(flow)
    draft(ens, title="Secret draft")
    answer = page.raw("/ens/calendar.ics")
    [event] = events(answer)
    assert answer.headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert str(event["URL"]) == f"http://webinar.test/s/{flow.slug}"
    assert event["TRANSP"] == "TRANSPARENT"
    assert [name for name in ("ATTENDEE", "ORGANIZER", "CONFERENCE") if name in event] == []
    assert b"/j/" not in answer.data
    assert b"@clinic.example" not in answer.data
    assert b"METHOD" not in answer.data


def test_moving_raises_the_sequence_in_the_feed(ens, flow, page):
    [before] = events(page.raw("/ens/calendar.ics"))
    with transaction():
        timing.move(flow, olga(), When(flow.starts_local + timedelta(days=1), "Europe/Berlin", 60))
    [after] = events(page.raw("/ens/calendar.ics"))
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=1)
    assert (after["UID"], int(after["SEQUENCE"])) == (before["UID"], int(before["SEQUENCE"]) + 1)


def test_a_cancelled_session_stays_for_thirty_days(flow, page, clock):
    with transaction():
        publication.cancel(flow, olga(), "No room")
    [event] = events(page.raw("/ens/calendar.ics"))
    assert (event["STATUS"], str(event["SUMMARY"])) == (
        "CANCELLED",
        "Cancelled: Flow diverters in ruptured aneurysms",
    )
    modified = page.raw("/ens/calendar.ics").headers["Last-Modified"]
    clock.shift(timedelta(days=31))
    later = page.raw("/ens/calendar.ics", headers={"If-Modified-Since": modified})
    assert (later.status_code, events(later)) == (200, [])


def test_the_window_ends_after_ninety_days(flow, page, clock):
    clock.move_to(flow.starts_at + timedelta(days=90))
    assert len(events(page.raw("/ens/calendar.ics"))) == 1
    clock.shift(timedelta(days=1))
    assert events(page.raw("/ens/calendar.ics")) == []


def test_a_series_feed_holds_its_published_sessions_alone(ens, flow, page):
    plan = SeriesPlan(
        words=Draft(title="Journal club"),
        when=When(flow.starts_local, "Europe/Berlin", 60),
        rhythm=Rhythm(Every.WEEK, count=3),
    )
    with transaction():
        club = plan_series(ens, olga(), plan)
    first, *_others = sessions.of_series(club.id)
    with transaction():
        publication.publish(first, olga())
    [event] = events(page.raw(f"/ens/series/{club.slug}.ics"))
    assert event["UID"] == first.uid
    assert len(events(page.raw("/ens/calendar.ics"))) == 2


def test_ones_own_file_holds_the_join_link_and_a_waiting_one_does_not(ens, page):
    flow = session(ens, capacity=1)
    ada, bo = seat(flow), seat(flow, "bo@clinic.example", "Bo")
    mine = page.raw(f"{seats.ticket_path(ada)}/invite.ics")
    theirs = page.raw(f"{seats.ticket_path(bo)}/invite.ics")
    assert mine.headers["Content-Disposition"] == f'attachment; filename="{flow.slug}.ics"'
    assert (b"/j/jn_" in mine.data, b"/j/jn_" in theirs.data) == (True, False)


def test_a_kept_feed_asks_nothing_of_the_pages_database(ens, flow, feed, page, count_queries):  # noqa: F811
    first = page.raw(feed)
    with count_queries() as asked:
        again = page.raw(feed)
        known = page.raw(feed, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, known.status_code, asked) == (200, 304, [])
