"""Warnings before publishing: advice with numbers, never in the way, and nobody's secrets in it."""

from datetime import datetime

import pytest

from tests.desk.test_session import DESK, checks
from tests.factories.accounts import olga, person, pia, sam
from tests.factories.meetings import room
from tests.factories.registration import seat
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import ens_with_olga, society
from webinar.db.store import store
from webinar.sessions.models import Session
from webinar.sessions.queries import of_series
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication
from webinar.sessions.service.draft import Draft
from webinar.sessions.service.series import SeriesPlan, plan_series
from webinar.societies import service as societies

NEW_YORK = {"country": "US", "zone_name": "America/New_York"}
CLEAR = "Nothing else was found in the way of this time: no clash, no day off, no change of clocks. Done"
OTHER_ROOM = "https://zoom.example/j/99999999999?pwd=x"


@pytest.fixture
def ens(app):
    return ens_with_olga()[0]


@pytest.fixture
def desk(page, ens):
    return page.sign_in(olga())


@pytest.fixture
def sister(ens):
    found = society("sister", name="Sister Society")
    societies.follow(ens, "sister", sam())
    store.commit()
    return found


def advice(found) -> list[str]:
    """The advice about time, without the lines that every fresh draft has."""
    usual = ("There is no join link", "No slides", "Nobody is asked", "Not confirmed", "Interests not")
    return [
        words.removesuffix(" Advice")
        for words in checks(found)
        if words.endswith("Advice") and not words.startswith((*usual, "No answer about"))
    ]


def eight_tuesdays(ens) -> list[Session]:
    """18:00 in London from 13 October 2026; only the 27th is in the week of other clocks in New York."""
    plan = SeriesPlan(
        Draft(title="Vascular series"),
        When(datetime(2026, 10, 13, 18), "Europe/London", 60),
        Rhythm(Every.WEEK, count=8),
    )
    made = plan_series(ens, olga(), plan)
    store.commit()
    return list(of_series(made.id))


def check_of(desk, made):
    return desk.get(f"/ens/sessions/{made.slug}/check")


def test_a_quiet_time_is_said_to_be_clear(desk, ens):
    seat(session(ens, title="Held before"), country="DE", zone_name="Europe/Berlin")
    made = draft(ens, starts_local=datetime(2026, 10, 21, 15))
    found = desk.get(f"/ens/sessions/{made.slug}/check")
    assert (advice(found), CLEAR in checks(found)) == ([], True)
    assert "Judged by 1 person who registered for sessions of this society." in found.text


def test_a_session_at_an_unusual_hour_says_where_and_for_how_many(desk, ens):
    usual, *_, odd = eight_tuesdays(ens)[:3]
    publication.publish(usual, olga())
    seat(usual, **NEW_YORK)
    seat(usual, "bea@clinic.example", "Bea", country="GB", zone_name="Europe/London")
    assert [words for words in advice(check_of(desk, usual)) if words.startswith("Clocks")] == []
    found = check_of(desk, odd)
    assert (
        "Clocks have changed: this session is at 14:00 in New York (1 of 2 people) instead of 13:00 as usual "
        "in this series. Their mails say so."
    ) in advice(found)
    assert "Judged by 2 people who registered for this series." in found.text


def test_the_whole_series_stands_below_on_the_check_page_of_each_session(desk, ens):
    usual, *_ = eight_tuesdays(ens)
    publication.publish(usual, olga())
    seat(usual, **NEW_YORK)
    found = check_of(desk, usual)
    assert [li.get_text() for li in found.soup.select("section[aria-labelledby=clocks] li")] == [
        "On 27 October 2026 it is 14:00 in New York (1 of 1 person) instead of 13:00."
    ]


def test_the_dates_of_a_series_come_with_clocks_and_days_off_before_it_is_made(desk, ens):
    seat(session(ens, title="Held before"), **NEW_YORK)
    form = {"title": "Thursdays", "starts_local": "2026-10-22T18:00", "count": "6"}
    shown = desk.get("/ens/series/new").submit("/ens/series/new", **form)
    told = [li.get_text() for li in shown.soup.select("section[aria-labelledby=advice] li")]
    assert told == [
        "On 29 October 2026 it is 13:00 in New York (1 of 1 person) instead of 12:00.",
        "26 November 2026 is Thanksgiving Day in the United States (1 of 1 person).",
    ]
    made = shown.submit("/ens/series/new", do="create")
    assert "6 drafts were made." in made.text


def test_without_an_audience_cities_of_the_world_stand_in_and_no_numbers_are_claimed(desk, ens):
    form = {"title": "Thursdays", "starts_local": "2026-10-22T18:00", "count": "6"}
    shown = desk.get("/ens/series/new").submit("/ens/series/new", **form)
    assert "No audience yet: judged by 14 cities around the world." in shown.text
    assert "people)" not in shown.text


def test_the_address_of_the_dates_leads_to_the_form_when_it_is_opened(desk):
    assert desk.get("/ens/series/new/dates").heading == "New series"


def test_a_refused_series_keeps_what_was_typed_on_both_addresses(desk):
    for press in ("preview", "create"):
        form = {"title": "Thursdays", "starts_local": "2026-10-22T18:00", "count": "6"}
        shown = desk.get("/ens/series/new").submit("/ens/series/new", **form)
        answer = shown.submit("/ens/series/new", count="61", do=press)
        assert (answer.status, answer.errors) == (422, ["Please write a whole number from 2 to 60."])


def test_a_holiday_of_the_audience_the_organiser_and_a_speaker_is_named(desk, ens):
    seat(session(ens, title="Held before"), country="NP", zone_name="Asia/Kathmandu")
    made = draft(ens, starts_local=datetime(2026, 10, 20, 15))
    speaker(made, person("raj@clinic.example", "Raj", country="IN").email, "Raj")
    assert advice(desk.get(f"{DESK}/check")) == [
        "20 October 2026 is Bijaya Dashami in Nepal (1 of 1 person).",
        "20 October 2026 is Dussehra in India.",
    ]


def test_a_speaker_is_not_in_two_places_at_once(desk, ens, sister):
    speaker(draft(ens, title="Ours, a draft"))
    speaker(session(sister, title="Theirs, public"))
    speaker(draft(sister, title="Theirs, secret"))
    speaker(draft(ens))
    found = desk.get(f"{DESK}/check")
    told = [words for words in advice(found) if words.startswith("Pia")]
    more = "Ask where they will be, or choose another time."
    assert told == [
        f"Pia Presenter also speaks at “Ours, a draft” (18:00–19:00 in Berlin) at the same time. {more}",
        "Pia Presenter also speaks at “Theirs, public” (Sister Society, 18:00–19:00 in Berlin) at the same "
        f"time. {more}",
        f"Pia Presenter also speaks at another session of theirs at the same time. {more}",
    ]
    assert "secret" not in found.text


def test_who_declined_or_speaks_an_hour_later_clashes_with_nothing(desk, ens):
    declined = speaker(draft(ens, title="Declined"))
    declined.answer = "declined"
    speaker(draft(ens, title="Later", starts_local=datetime(2026, 10, 14, 19)))
    speaker(draft(ens))
    assert [words for words in advice(desk.get(f"{DESK}/check")) if words.startswith("Pia")] == []


def test_a_speaker_at_night_is_named_with_their_own_hours(desk, ens):
    pia().zone_name = "Australia/Sydney"
    speaker(draft(ens))
    assert (
        "It is night for Pia Presenter, 03:00–04:00 in Sydney. Ask whether that suits, or choose another time."
    ) in advice(desk.get(f"{DESK}/check"))


def test_one_room_holds_one_session_at_a_time(desk, ens, sister):
    room(draft(ens, title="Neighbour"))
    room(draft(sister, title="Theirs, secret"))
    room(draft(ens, title="Elsewhere"), OTHER_ROOM)
    room(draft(ens))
    found = desk.get(f"{DESK}/check")
    told = [words for words in advice(found) if words.startswith("The room")]
    rest = "at the same time, and one licence holds one session. Use another room or another time."
    assert told == [
        f"The room is also used by “Neighbour” (18:00–19:00 in Berlin) {rest}",
        f"The room is also used by another session {rest}",
    ]
    assert [a["href"] for a in found.soup.select(".check a") if "The room" in a.get_text()] == [
        f"{DESK}/link"
    ] * 2


def test_sessions_of_the_society_and_of_followed_ones_take_the_same_audience(desk, ens, sister):
    society("stranger", name="Stranger")
    draft(ens, title="Ours, a draft")
    session(sister, title="Theirs, public")
    draft(sister, title="Theirs, secret")
    draft(ens)
    found = desk.get(f"{DESK}/check")
    assert [words for words in advice(found) if "takes place" in words] == [
        "“Ours, a draft” (18:00–19:00 in Berlin) takes place at the same time: people may have to choose.",
        "“Theirs, public” (Sister Society, 18:00–19:00 in Berlin) takes place at the same time: people may "
        "have to choose.",
    ]
    assert "secret" not in found.text


def test_advice_never_forbids_publishing(desk, ens, sister):
    session(sister, title="Theirs, public")
    made = draft(ens)
    desk.get(f"{DESK}/check").submit("/publish")
    store.refresh(made)
    assert made.state == "published"


def test_a_session_that_has_begun_gets_no_advice_about_its_time(desk, ens, clock):
    made = session(ens)
    session(ens, title="Another at the same time")
    clock.move_to(made.starts_at)
    found = desk.get(f"{DESK}/check")
    assert ([words for words in advice(found) if "takes place" in words], "Judged" in found.text) == (
        [],
        False,
    )


def test_the_questions_asked_do_not_grow_with_what_stands_around(desk, ens, sister, questions):
    seen, asked = draft(ens, title="The one looked at"), []
    room(seen)
    speaker(seen)
    for number in (1, 2, 3):
        each = draft(ens, title=f"Number {number}")
        room(each)
        speaker(each)
        speaker(session(sister, title=f"Theirs {number}"))
        seat(session(ens, title=f"Public {number}"), f"ada{number}@clinic.example", **NEW_YORK)
        store.expire_all()
        with questions() as now_asked:
            desk.get("/ens/sessions/the-one-looked-at/check")
        asked.append(len(now_asked))
    assert len(set(asked)) == 1, asked
