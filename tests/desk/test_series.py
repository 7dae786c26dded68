"""A series on the desk: its page, looking at a change before applying it, and the next session in four presses."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from bs4 import Tag

from tests.factories.accounts import ada
from tests.factories.registration import seat
from tests.factories.sessions import WHEN, WORDS, speaker
from tests.factories.societies import ens_with_olga, member, society
from tests.page import Page
from webinar.db.store import store
from webinar.sessions import queries
from webinar.sessions.models import Series, Session, State
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.service import publication, timing
from webinar.sessions.service.series import SeriesPlan, plan_series

EDIT = "/ens/series/rounds/edit"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def desk(page):
    """Olga at the desk of a weekly series of four, the first two published."""
    ens, organiser = ens_with_olga()
    made = plan_series(
        ens, organiser, SeriesPlan(replace(WORDS, title="Rounds"), WHEN, Rhythm(Every.WEEK, count=4))
    )
    for session in queries.of_series(made.id)[:2]:
        publication.publish(session, organiser)
    store.commit()
    return page.sign_in(organiser)


def the_series() -> Series:
    store.expire_all()
    return store.query(Series).order_by(Series.id).first()


def sessions() -> list[Session]:
    store.expire_all()
    return store.query(Session).order_by(Session.starts_at).all()


def time_form(desk, number: int = 1) -> Page:
    return desk.get(f"/ens/series/rounds/time/rounds-{number}")


def times(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text().split())


def preview(desk, number: int = 1, **typed: str) -> Page:
    return time_form(desk, number).submit("/preview", **typed)


def test_the_page_of_a_series_says_its_rhythm_and_lists_its_sessions(desk):
    seat(sessions()[0])
    shown = desk.get(EDIT)
    assert shown.heading == "Series: Rounds"
    assert "Every week on Wed, 18:00 Berlin, 60 minutes" in shown.text
    assert [" ".join(tag.get_text(" ").split()) for tag in shown.soup.select("li h2")] == [
        "1 · Rounds",
        "2 · Rounds",
        "3 · Rounds",
        "4 · Rounds",
    ]
    assert "Published 1 registered" in shown.text
    assert desk.get("/ens/sessions/rounds-3/edit").follow("The whole series").path == EDIT


def test_the_form_shows_what_is_saved(desk):
    fields = time_form(desk, 2)
    values = fields.fields(fields.form("/preview"))
    assert {
        name: values[name] for name in ("scope", "starts_local", "minutes", "every", "interval", "count")
    } == {
        "scope": "one",
        "starts_local": "2026-10-21T18:00",
        "minutes": "60",
        "every": "week",
        "interval": "1",
        "count": "3",
    }


def test_a_change_is_looked_at_and_then_applied(desk):
    seat(sessions()[0])
    seat(sessions()[1])
    seat(sessions()[0], email="eve@else.example", name="Eve Elsewhere")
    speaker(sessions()[1])
    shown = preview(desk, scope="all", starts_local="2026-10-15T19:00")
    assert shown.status == 200
    assert (
        "2 registered people in 2 sessions get a “Moved” mail with an updated invitation (3 mails)."
        in shown.text
    )
    assert "1 speaker is asked again." in shown.text
    assert "Clocks: Clocks in Berlin change before 29 October 2026" in shown.text
    assert [times(tag) for tag in (shown.soup.find("del"), shown.soup.find("ins"))] == [
        "Wed 14 Oct 2026, 18:00–19:00 Berlin (UTC+02:00), evening · 16:00 UTC",
        "Thu 15 Oct 2026, 19:00–20:00 Berlin (UTC+02:00), evening · 17:00 UTC",
    ]
    assert [session.starts_local.day for session in sessions()] == [14, 21, 28, 4]
    after = shown.submit("/time/")
    assert (after.status, after.path) == (200, EDIT)
    assert [f"{session.starts_local:%m-%d %H:%M}" for session in sessions()] == [
        "10-15 19:00",
        "10-22 19:00",
        "10-29 19:00",
        "11-05 19:00",
    ]
    assert "Every week on Thu, 19:00 Berlin, 60 minutes" in after.text


def test_what_was_typed_can_be_changed_again(desk):
    shown = preview(desk, scope="all", starts_local="2026-10-15T19:00", because="Kept")
    again = shown.client.post(
        shown.form("/time/")["action"], shown.fields(shown.form("/time/")) | {"do": "back"}
    )
    values = again.fields(again.form("/preview"))
    assert again.status == 200
    assert [values[name] for name in ("scope", "starts_local", "because")] == [
        "all",
        "2026-10-15T19:00",
        "Kept",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"starts_local": "2026-09-01T18:00", "scope": "all"},
            "The session of 1 September 2026 would lie in the past.",
        ),
        (
            {"starts_local": "2026-10-25T02:30"},
            "02:30 on 25 October 2026 comes twice in Berlin: clocks go back.",
        ),
        ({"zone_name": "Nowhere/Else"}, "Nowhere/Else"),
        (
            {"scope": "all", "count": ""},
            "Please say either how many sessions there are or the last date, not both.",
        ),
        ({"scope": "all", "count": "1"}, "Some dates are dropped. Please say why:"),
        ({"starts_local": "tomorrow"}, "tomorrow"),
    ],
)
def test_bad_input_answers_422_and_keeps_what_was_typed(desk, typed, sentence):
    answer = preview(desk, **typed)
    values = answer.fields(answer.form("/preview"))
    assert answer.status == 422
    assert sentence in answer.text or sentence in str(answer.soup)
    assert {name: values[name] for name in typed} == typed


def test_two_organisers_at_once_the_later_looks_again_and_nothing_typed_is_lost(desk):
    shown = preview(desk, scope="all", starts_local="2026-10-15T19:00")
    organiser = desk_person()
    timing.move(sessions()[2], organiser, replace(WHEN, starts_local=wall("2026-10-29T12:00")))
    store.commit()
    answer = shown.submit("/time/")
    assert answer.status == 422
    assert "Something in this series changed since you looked at the preview" in answer.text
    assert answer.fields(answer.form("/preview"))["starts_local"] == "2026-10-15T19:00"
    assert sessions()[0].starts_local == wall("2026-10-14T18:00")
    assert answer.submit("/preview").submit("/time/").path == EDIT
    assert [f"{session.starts_local:%m-%d %H:%M}" for session in sessions()] == [
        "10-15 19:00",
        "10-22 19:00",
        "10-29 12:00",
        "11-05 19:00",
    ]


def desk_person():
    return queries.organisers_of(sessions()[0])[0]


def test_those_that_follow_lead_to_a_series_of_their_own(desk):
    shown = preview(desk, 3, scope="following", starts_local="2026-10-29T18:00")
    assert "A new series: the sessions that follow get a series of their own" in shown.text
    after = shown.submit("/time/")
    assert after.path != EDIT
    assert "Split from Rounds" in after.text
    assert len(after.soup.select("li h2")) == 2


def test_dropped_dates_are_told_with_their_reason(desk):
    seat(sessions()[1])
    shown = preview(desk, scope="all", count="1", because="The hall is closed")
    assert (
        "1 registered person in 1 session gets a “Cancelled” mail, and it leaves their calendars."
        in shown.text
    )
    shown.submit("/time/")
    assert [session.state for session in sessions()] == [State.PUBLISHED] + [State.CANCELLED] * 3
    assert sessions()[1].cancelled_because == "The hall is closed"


def test_nothing_to_change_offers_nothing_to_apply(desk):
    shown = preview(desk, scope="all")
    assert "Nothing changes: each session keeps its time." in shown.text
    assert [button.get_text() for button in shown.soup.select("main form button")] == ["Change something"]


def test_words_go_where_they_were_not_edited(desk):
    form = desk.get("/ens/sessions/rounds-3/edit")
    form.submit("/edit", title="Guest lecture")
    shown = desk.get("/ens/series/rounds/words/rounds-1").submit(
        "/preview", scope="all", title="Grand rounds"
    )
    assert shown.text.count("Gets your words: Title") == 3
    assert shown.text.count("Keeps its own: Title") == 1
    assert shown.submit("/words/").path == EDIT
    assert [session.title for session in sessions()] == [
        "Grand rounds",
        "Grand rounds",
        "Guest lecture",
        "Grand rounds",
    ]


def test_words_that_cannot_be_answer_422_and_stay(desk):
    answer = desk.get("/ens/series/rounds/words/rounds-1").submit("/preview", title="", topic="Kept")
    assert (answer.status, answer.fields(answer.form("/preview"))["topic"]) == (422, "Kept")
    answer = desk.get("/ens/series/rounds/words/rounds-1").submit(
        "/preview", objectives="\n".join("123456789")
    )
    assert (answer.status, "at most 8 objectives" in answer.text) == (422, True)


def test_a_series_and_its_sessions_belong_together(desk):
    other = society("other", founder=ada())
    member(other, desk_person())
    store.commit()
    assert desk.raw("/other/series/rounds/edit").status_code == 404
    assert desk.raw("/ens/series/rounds/time/no-such-session").status_code == 404


# Next in series


@dataclass
class Presses:
    """Goes by links and buttons alone, and counts."""

    page: Page
    count: int = 0

    def follow(self, words: str) -> "Presses":
        self.count += 1
        self.page = self.page.follow(words)
        return self

    def press(self, action: str, words: str) -> "Presses":
        form = self.page.form(action)
        assert words in [button.get_text(strip=True) for button in form.find_all("button")]
        self.count += 1
        self.page = self.page.submit(action)
        assert self.page.status == 200
        return self


def test_the_next_session_of_a_series_is_public_after_four_presses(desk):
    desk.get("/ens/sessions/rounds-2/link").submit("/link", url="https://meet.example/rounds")
    olga = Presses(desk.get("/ens/desk"))
    olga.follow("Plan the next session").press("/next", "Accept and save the draft")
    assert "Offered: the form shows the link of the session before in this series." in olga.page.text
    olga.press("/link", "Save the link").press("/publish", "Publish")
    made = sessions()[-1]
    assert olga.count == 4
    assert (made.state, made.starts_local, made.series_number) == (
        State.PUBLISHED,
        wall("2026-11-11T18:00"),
        5,
    )
    assert "https://meet.example/rounds" in desk.get(f"/ens/sessions/{made.slug}/link").text


def test_another_time_for_the_next_session_is_an_extra_date(desk):
    answer = desk.get("/ens/series/rounds/next").submit("/next", starts_local="2026-10-17T10:00")
    assert answer.status == 200
    assert the_series().rule == "FREQ=WEEKLY;COUNT=4;BYDAY=WE"
    assert "2 · Rounds Sat 17 Oct 2026 , 10:00" in desk.get(EDIT).text
    assert "extra date" in desk.get(EDIT).text


def test_a_next_session_that_cannot_be_keeps_what_was_typed(desk):
    answer = desk.get("/ens/series/rounds/next").submit(
        "/next", starts_local="2026-09-17T10:00", title="Kept"
    )
    assert (answer.status, answer.fields(answer.form("/next"))["title"]) == (422, "Kept")
    answer = desk.get("/ens/series/rounds/next").submit("/next", starts_local="2027-03-28T02:30")
    assert (answer.status, len(answer.soup.select("input[name=chosen_at]"))) == (422, 2)
