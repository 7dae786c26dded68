"""Seasons: planned from the form, proven by the worker, stopped, used; and the rotation of a series."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.accounts import ada, olga, pia
from tests.factories.registration import seat
from tests.factories.sessions import WHEN, WORDS, draft, session, speaker
from tests.factories.societies import ens_with_olga
from webinar.db.store import store, transaction
from webinar.scheduling.models.season import PlanState, SeasonPlan
from webinar.scheduling.queries import seasons as queries
from webinar.scheduling.service import seasons, starts
from webinar.sessions import queries as session_queries
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.service.change import SavedMeanwhile
from webinar.sessions.service.series import SeriesPlan, plan_series
from webinar.timekeeping import clock as clocks
from webinar.timekeeping.zones import CITIES

SEASON = "/ens/series/flow-diverters-in-ruptured-aneurysms/season"
ROTATION = SEASON.replace("season", "rotation")
PLANNED = ["14 16:00", "21 16:00", "28 17:00", "04 17:00", "11 17:00", "18 17:00"]
HOURS = "2026-10-14T11:00Z,2026-10-14T16:00Z,2026-10-14T23:00Z"


@pytest.fixture
def ens(app):
    return ens_with_olga()[0]


@pytest.fixture
def series(ens):
    """Six drafts, a week apart, from Wednesday 14 October 18:00 in Berlin."""
    made = plan_series(ens, olga(), SeriesPlan(WORDS, WHEN, Rhythm(Every.WEEK, count=6)))
    store.commit()
    return made


@pytest.fixture
def desk(page, series):
    return page.sign_in(olga())


@pytest.fixture
def worldwide(ens):
    """A session of last week, held at night in America; people of fourteen cities came."""
    held = session(ens, title="Held", starts_local=datetime(2026, 10, 7, 12, 0), zone_name="Europe/Berlin")
    for number, city in enumerate(CITIES):
        seat(held, f"reader{number}@clinic.example", f"Reader {city.name}", zone_name=city.zone_name)
    return held


def latest(series):
    store.expire_all()
    return queries.latest_plan(series)


def starts_of(series):
    store.expire_all()
    return [f"{each.starts_at:%d %H:%M}" for each in session_queries.of_series(series.id)]


def test_a_season_is_found_at_once_and_proven_by_the_worker(desk, series, worldwide, work):
    found = desk.get(SEASON)
    assert "the worst-off region carries the least burden" in found.text
    answered = found.submit("/season", weekdays=["1", "2", "3"])
    assert "Here is a fair season. Nothing has moved yet." in answered.text
    plan = latest(series)
    assert plan.state == PlanState.WAITING
    assert len(plan.picks) == 6
    assert "Waiting for the worker" in answered.text
    assert "check again" in answered.text
    work()
    plan = latest(series)
    assert (plan.state, plan.bound) == (PlanState.OVER, plan.worst)
    shown = desk.get(SEASON)
    assert "that is proven" in shown.text
    assert starts_of(series) == PLANNED
    used = shown.submit("/apply")
    assert "moved." in used.text
    assert latest(series).applied_at == clocks.now()
    assert "All drafts have these starts already." in used.text


def test_few_possible_seasons_are_proven_without_a_worker(desk, series):
    desk.get(SEASON).submit("/season", earliest="12", latest="13", step="60")
    plan = latest(series)
    assert (plan.state, plan.bound) == (PlanState.GREEDY, plan.worst)


def test_a_plan_that_nobody_began_is_stopped_at_once(desk, series, worldwide, work):
    found = desk.get(SEASON).submit("/season", weekdays=["1", "2", "3"])
    assert "Stopped. What was found so far stays." in found.submit("/stop").text
    assert latest(series).state == PlanState.OVER
    work()
    assert latest(series).bound is None


def test_a_running_proof_hears_of_the_stop(desk, series, worldwide):
    desk.get(SEASON).submit("/season", weekdays=["1", "2", "3"])
    plan_id = latest(series).id
    with transaction():
        season = seasons.begin(plan_id)
        first = next(seasons.providers.SOLVERS["greedy"].answers(season.problem(), timedelta()))
        assert seasons.improve(plan_id, first)
        seasons.stop(store.get(SeasonPlan, plan_id))
    assert "Stopping" in desk.get(SEASON).text
    with transaction():
        assert not seasons.improve(plan_id, first)
        seasons.end(plan_id)
    assert latest(series).state == PlanState.OVER


def test_hours_at_night_for_speakers_leave_nothing_to_choose(desk, series):
    pia().zone_name = "Asia/Tokyo"
    store.commit()
    speaker(session_queries.of_series(series.id)[0])
    found = desk.get(SEASON).submit("/season", earliest="18", latest="20", step="60")
    assert found.status == 422
    assert found.errors[0].startswith("No hour is left for the session of 14 October 2026")


def test_a_plan_is_not_used_on_drafts_that_somebody_has_changed(series):
    first = session_queries.of_series(series.id)[0]
    with transaction(), pytest.raises(SavedMeanwhile):
        starts.apply_starts([first], olga(), {}, seen="another")


def test_strangers_find_no_season(page, series):
    page.sign_in(ada())
    page.get(SEASON, status=404)


def test_a_series_without_drafts_says_so(desk, series, clock):
    planned = session_queries.of_series(series.id)[0].slug
    clock.move_to(datetime(2027, 1, 1, tzinfo=UTC))
    desk.sign_in(olga())
    assert "no draft to come" in desk.get(SEASON).text
    assert "nothing to rotate" in desk.get(f"{ROTATION}?hours={HOURS}&planned={planned}").text


def test_a_rotation_is_shown_before_it_is_done(desk, series):
    planned = session_queries.of_series(series.id)[0].slug
    shown = desk.get(f"{ROTATION}?hours={HOURS}&planned={planned}")
    assert [row.find_all("td")[2].get_text() for row in shown.soup.select("tbody tr")] == [
        "11:00", "16:00", "00:00", "12:00", "17:00", "00:00",
    ]  # fmt: skip
    assert starts_of(series) == PLANNED
    assert "4 drafts were moved." in shown.submit("/rotation").text
    assert starts_of(series) == ["14 11:00", "21 16:00", "29 00:00", "04 12:00", "11 17:00", "19 00:00"]


def test_a_rotation_needs_hours(desk, series):
    desk.get(f"{ROTATION}?hours=now,then&planned=x", status=422)


def test_a_published_session_stays_out_of_a_plan(ens, series):
    assert len(queries.drafts_of(series, clocks.now())) == 6
    assert draft(ens, title="Alone").series_id is None
