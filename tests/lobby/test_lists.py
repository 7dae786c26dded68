"""The front page, a society, its programme and its series: lists of sessions in the viewer's time."""

from datetime import datetime, timedelta

import pytest

from tests.factories.accounts import olga
from tests.factories.registration import seat
from tests.factories.sessions import draft, session
from tests.factories.societies import society
from webinar.db.store import store
from webinar.sessions.models import Kind, Series
from webinar.sessions.service import publication
from webinar.timekeeping import clock as clocks

OCTOBER_14 = datetime.fromisoformat("2026-10-14T18:00")


def days(found):
    return [" ".join(tag.get_text(" ").split()) for tag in found.soup.select(".day")]


def titles(found, where=".agenda:not(.agenda-held)"):
    return [tag.get_text() for tag in found.soup.select(f"{where} a")]


def on(society, days=0, **changes):
    title = changes.pop("title", f"Session after {days} days")
    when = {"starts_local": OCTOBER_14 + timedelta(days=days)}
    return session(society, title=title, **(when | changes))


def series_with(society, *sessions, title="Vascular series"):
    made = Series(
        society_id=society.id,
        slug="vascular",
        uid="vascular@ens.example",
        title=title,
        about="Each **month**.",
        kind=Kind.WEBINAR,
        zone_name="Europe/Berlin",
        starts_local=OCTOBER_14,
        minutes=60,
        rule="FREQ=WEEKLY",
        locale="en",
        created_at=clocks.now(),
    )
    store.add(made)
    store.flush()
    for number, each in enumerate(sessions, start=1):
        each.series_id, each.series_number = made.id, number
    store.commit()
    return made


def test_the_front_page_leads_to_societies_sessions_and_to_founding_one(page):
    on(society("ens"))
    on(society("other", name="Other Society"), 1)
    found = page.get("/")
    assert titles(found) == ["Session after 0 days", "Session after 1 days"]
    assert days(found) == ["Wed 14 Oct 2026 UTC", "Thu 15 Oct 2026 UTC"]
    assert found.follow("Other Society").heading == "Other Society"
    assert found.soup.find("a", href="/new").text == "Open your society"


def test_the_front_page_of_an_empty_house_says_so(page):
    found = page.get("/")
    assert "No session is planned yet." in found.text
    assert "No society is here yet. Yours can be the first." in found.text


def test_a_programme_groups_by_the_viewers_day_and_names_the_zone_in_the_heading(page):
    ens = society()
    on(ens, title="Evening in Berlin")
    on(ens, title="Late in Berlin", starts_local=OCTOBER_14.replace(hour=22))
    assert days(page.get("/ens/programme")) == ["Wed 14 Oct 2026 Berlin (UTC+02:00)"]
    assert days(page.get("/ens/programme?tz=Asia/Kathmandu")) == [
        "Wed 14 Oct 2026 Kathmandu (UTC+05:45)",
        "Thu 15 Oct 2026 Kathmandu (UTC+05:45)",
    ]


def test_each_day_of_a_programme_names_the_offset_of_that_day(page):
    ens = society()
    on(ens)
    on(ens, 14)
    assert days(page.get("/ens/programme")) == [
        "Wed 14 Oct 2026 Berlin (UTC+02:00)",
        "Wed 28 Oct 2026 Berlin (UTC+01:00)",
    ]


def test_a_programme_says_what_is_night_for_the_viewer(page):
    on(society())
    assert "night for you" not in page.get("/ens/programme").text
    assert "night for you" in page.get("/ens/programme?tz=Australia/Sydney").text


@pytest.mark.parametrize(
    ("now", "lines"),
    [
        ("2026-10-07T09:00Z", ["Now Wed 7 Oct 2026, 11:00 Berlin (UTC+02:00)", "18:00", "20:00"]),
        ("2026-10-14T09:00Z", ["Now 11:00", "18:00", "20:00"]),
        ("2026-10-14T16:30Z", ["18:00", "Now 18:30", "20:00"]),
        ("2026-10-14T18:30Z", ["20:00", "Now 20:30"]),
    ],
)
def test_the_line_of_now_stands_between_what_began_and_what_comes(page, clock, now, lines):
    ens = society()
    on(ens, title="First")
    on(ens, title="Second", starts_local=OCTOBER_14.replace(hour=20))
    clock.move_to(datetime.fromisoformat(now))
    found = page.get("/ens/programme")
    seen = [
        " ".join(tag.get_text(" ").split())
        for tag in found.soup.select("#now, .agenda:not(.agenda-held) time")
    ]
    assert seen == lines


def test_drafts_appear_nowhere(page):
    ens = society()
    planned = draft(ens)
    series_with(ens, planned)
    for path in ("/", "/ens", "/ens/programme", "/ens/series/vascular"):
        assert "Flow diverters" not in page.get(path).text, path
    assert "Vascular series" not in page.get("/ens").text


def test_a_programme_is_filtered_by_a_plain_form(page):
    ens = society()
    on(ens, title="Webinar on shunts", topic="Hydrocephalus")
    on(ens, 1, title="Club in French", kind=Kind.JOURNAL_CLUB, locale="fr", topic="Vascular")
    on(ens, 2, title="With credit", credit_scheme="one_per_45")
    everything = ["Webinar on shunts", "Club in French", "With credit"]
    expected = {
        "": everything,
        "type=journal_club": ["Club in French"],
        "topic=Hydrocephalus": ["Webinar on shunts"],
        "language=fr": ["Club in French"],
        "credit=1": ["With credit"],
        "type=journal_club&language=en": [],
        "type=nonsense&topic=%00&language=xx&credit=yes&page=abc": everything,
    }
    for query, shown in expected.items():
        assert titles(page.get(f"/ens/programme?{query}")) == shown, query
    emptied = page.get("/ens/programme?type=journal_club&topic=Hydrocephalus")
    assert titles(emptied.follow("Show all sessions")) == everything


def test_an_empty_programme_offers_the_calendar(page):
    society()
    found = page.get("/ens/programme")
    assert "Nothing is planned yet." in found.text
    assert {a["href"] for a in found.soup.select("a[href$='calendar.ics']")} == {
        "/ens/calendar.ics",
        "webcal://webinar.test/ens/calendar.ics",
    }


def test_held_sessions_are_paged_latest_first(page, clock):
    ens = society()
    for number in range(21):
        on(ens, number)
    clock.move_to(datetime.fromisoformat("2026-12-01T09:00Z"))
    first = page.get("/ens/programme")
    assert titles(first, ".agenda-held")[0] == "Session after 20 days"
    assert "1–20 of 21" in first.text
    second = first.follow("Next")
    assert titles(second, ".agenda-held") == ["Session after 0 days"]
    assert "21–21 of 21" in second.text
    assert page.get("/ens/programme?page=99").status == 200


def test_a_list_says_what_is_moved_full_scarce_live_or_cancelled(page, clock):
    ens = society()
    off = on(ens, title="Off")
    publication.cancel(off, olga(), "Ill.")
    seat(on(ens, title="Full", capacity=1))
    seat(on(ens, title="Scarce", capacity=3))
    clock.move_to(datetime.fromisoformat("2026-10-14T16:10Z"))
    found = page.get("/ens/programme")
    marks = {
        row.h3.get_text(): [pill.get_text() for pill in row.select(".pill")]
        for row in found.soup.select(".agenda > li:not(.now)")
    }
    assert marks == {
        "Off": ["Cancelled"],
        "Full": ["Live now", "Full: waiting list"],
        "Scarce": ["Live now", "2 seats left"],
    }


def test_a_series_shows_its_sessions_and_its_feed(page):
    ens = society()
    series_with(ens, on(ens, title="First"), on(ens, 7, title="Second"))
    found = page.get("/ens").follow("Vascular series")
    assert found.heading == "Vascular series"
    assert titles(found) == ["First", "Second"]
    assert "Vascular series, 2 of 2" in found.text
    assert found.soup.find("link", rel="alternate")["href"] == "/ens/series/vascular.ics"


def test_the_series_of_another_society_is_not_there(page):
    series_with(society(), on(society("other", name="Other")))
    page.get("/other/series/vascular", status=404)


@pytest.mark.parametrize("path", ["/", "/ens", "/ens/programme", "/ens/series/vascular"])
def test_a_list_asks_the_database_as_often_for_three_sessions_as_for_one(page, questions, path):
    ens = society()
    series_with(ens, on(ens, capacity=5))
    with questions() as one:
        page.get(path)
    for number in (1, 2):
        seat(on(ens, number, capacity=5))
    with questions() as three:
        page.get(path)
    assert len(three) == len(one)


@pytest.mark.parametrize("path", ["/", "/ens", "/ens/programme", "/help"])
def test_a_browser_that_has_the_page_is_told_that_it_is_the_same(page, path):
    on(society())
    first = page.raw(path)
    again = page.raw(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_help_answers_in_words(page):
    found = page.get("/help")
    assert [tag.get_text() for tag in found.soup.select("h2")] == [
        "Joining a session",
        "Times",
        "Certificates and credit",
        "Privacy",
        "A person to ask",
    ]
