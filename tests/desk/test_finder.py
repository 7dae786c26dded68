"""The time finder's page: cities by weight, words beside colours, suggestions that post, no JavaScript."""

from datetime import datetime

import pytest

from tests.factories.accounts import ada, olga, pia
from tests.factories.registration import seat
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import ens_with_olga
from webinar.db.store import store
from webinar.sessions.queries import hours_of

FINDER = "/ens/sessions/flow-diverters-in-ruptured-aneurysms/finder"
ZONES = [*["Asia/Kolkata"] * 3, *["America/Los_Angeles"] * 2, "Australia/Sydney"]


@pytest.fixture
def ens(app):
    return ens_with_olga()[0]


@pytest.fixture
def audience(ens):
    held = session(ens, title="Earlier", starts_local=datetime(2026, 10, 8, 18, 0))
    for number, zone_name in enumerate(ZONES):
        seat(held, f"reader{number}@clinic.example", f"Reader {'ABCDEF'[number]}", zone_name=zone_name)


@pytest.fixture
def desk(page, audience):
    return page.sign_in(olga())


def rows(found):
    return [row.find("th").get_text(" ", strip=True) for row in found.soup.select("table.wc tbody tr")]


def test_cities_stand_by_weight_with_local_times_and_words(desk, ens):
    draft(ens)
    found = desk.get(FINDER)
    assert rows(found) == ["Delhi 3", "Los Angeles 2", "Sydney 1"]
    chosen = [cell.get_text(" ", strip=True) for cell in found.soup.select("table.wc tbody td.sel")]
    assert chosen == ["21:30 edge of the day", "09:00", "03:00 +1 next day night"]
    assert "Weighted by who registered for any session of the society: 6 people." in found.text
    assert "16:00 UTC: 83 % (5 of 6) not at night. At night: Sydney 03:00 next day." in found.text


@pytest.mark.parametrize(("step", "columns"), [("60", 24), ("30", 48), ("15", 96), ("7", 24)])
def test_steps_give_more_columns(desk, ens, step, columns):
    draft(ens)
    assert len(desk.get(f"{FINDER}?step={step}").soup.select("input[name=start]")) == columns


def test_days_lead_on_and_nonsense_is_the_planned_day(desk, ens):
    draft(ens)
    assert desk.get(f"{FINDER}?day=2026-10-14").follow("Thu 15 Oct").soup.find(id="grid").get_text() == (
        "Thursday 15 October 2026"
    )
    assert desk.get(f"{FINDER}?day=9999-12-31&start=soon").soup.find(id="grid").get_text() == (
        "Wednesday 14 October 2026"
    )


def test_a_suggestion_moves_a_draft_with_one_press(desk, ens):
    made = draft(ens)
    found = desk.get("/ens/sessions/flow-diverters-in-ruptured-aneurysms/time").follow("Find a fair time")
    form = found.soup.select(".card form")[0]
    moved = desk.post(form["action"], found.fields(form))
    assert "Saved." in moved.text
    store.refresh(made)
    assert made.starts_at.isoformat() != "2026-10-14T16:00:00+00:00"
    assert made.zone_name == "Europe/Berlin"


def test_a_chosen_hour_is_shown_and_then_used(desk, ens):
    made = draft(ens)
    found = desk.get(f"{FINDER}?start=2026-10-15T06:00Z")
    form = found.soup.find(id="use-form")
    desk.post(form["action"], found.fields(form))
    store.refresh(made)
    assert made.starts_at.isoformat() == "2026-10-15T06:00:00+00:00"


def test_a_published_session_is_looked_at_before_it_moves(desk, ens):
    session(ens)
    found = desk.get(FINDER)
    assert found.soup.select(".card form") == []
    assert "told to everybody who registered" in found.text
    assert "Move the session to this time" in found.text


def test_speakers_are_rows_where_their_zone_is_known(desk, ens):
    made = draft(ens)
    pia().zone_name = "Asia/Kathmandu"
    store.commit()
    speaker(made)
    speaker(made, email="unknown@clinic.example", name="Una Unknown")
    found = desk.get(FINDER)
    assert rows(found)[-1] == "Pia Presenter speaker, Kathmandu"
    assert "Pia Presenter (Kathmandu) 21:45, edge of the day" in found.text
    assert "time zone not known: Una Unknown" in found.text


def test_the_ledger_says_who_was_at_night(desk, ens, clock):
    draft(ens)
    assert "nothing was held yet" in desk.get(FINDER).text
    clock.move_to(datetime.fromisoformat("2026-10-09T09:00+00:00"))
    page = desk.sign_in(olga()).get(FINDER)
    assert "Fairness so far: Oceania at night in 1 of the last 1 sessions of the society." in page.text


def test_hours_gone_by_cannot_be_chosen(desk, ens):
    draft(ens)
    found = desk.get(f"{FINDER}?day=2026-10-07&start=2026-10-07T03:00Z")
    assert len(found.soup.select(".wc input[name=start]")) == 14
    assert "That time lies in the past." in found.text


def test_nobody_registered_so_the_world_s_cities_count(page, ens):
    draft(ens)
    olga()
    found = page.sign_in(olga()).get(FINDER)
    assert "cities around the world count once each" in found.text


def test_a_session_that_is_over_keeps_its_time(desk, ens, clock):
    session(ens)
    clock.move_to(datetime.fromisoformat("2026-11-09T09:00+00:00"))
    assert "its time stays" in desk.sign_in(olga()).get(FINDER).text


def test_strangers_find_no_finder(page, ens, audience):
    draft(ens)
    page.sign_in(ada()).get(FINDER, status=404)


def test_the_page_asks_few_questions_however_many_registered(desk, ens, questions):
    draft(ens)
    desk.get(FINDER)
    with questions() as asked:
        desk.get(FINDER)
    assert len(asked) <= 16


def test_two_slots_move_the_draft_and_give_it_a_second_hour(desk, ens):
    made = draft(ens)
    found = desk.get(FINDER)
    form = found.form("/two-hours")
    assert "with two live hours" in desk.post(form["action"], found.fields(form)).text
    store.refresh(made)
    assert [hour.hour for hour in hours_of(made)] == [1, 2]
    shown = desk.get(FINDER)
    assert [tag for tag in shown.soup.find_all("form") if "two-hours" in str(tag.get("action"))] == []


def test_two_slots_need_their_hours(desk, ens):
    draft(ens)
    found = desk.get(FINDER)
    form = found.form("/two-hours")
    assert desk.post(form["action"], found.fields(form) | {"second": "soon", "seen_at": ""}).status == 422


def test_what_else_speaks_against_an_hour_is_said(desk, ens):
    draft(ens)
    draft(ens, title="Beside it", starts_local=datetime(2026, 10, 15, 18, 0))
    assert "Beside it" not in desk.get(FINDER).text
    assert "Beside it" in desk.get(f"{FINDER}?start=2026-10-15T16:00Z").text
