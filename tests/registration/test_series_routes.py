"""Registering for all of a series by its pages: the choice, the page of all dates, leaving."""

import pytest

from tests.factories.accounts import olga
from tests.factories.registration import seat
from tests.factories.series import dates_of, follow_on, for_all, rounds
from webinar.db.store import store, transaction
from webinar.registration.models import SeriesSeat, SeriesSeatState
from webinar.registration.queries import series as queries
from webinar.registration.service import series as service
from webinar.sessions.queries import series_of_id
from webinar.sessions.service import publication

TYPED = {"name": "Ada Attendee", "email": "ada@clinic.example", "country": "NP"}
pytestmark = pytest.mark.usefixtures("app")


def states() -> list[str]:
    store.expire_all()
    [holder] = store.query(SeriesSeat).all()
    return [each.state.value for each in queries.seats_in([holder.series_id], holder.person_id)]


def test_the_series_page_leads_to_one_form_for_all_dates(page):
    series = rounds(3)
    form = page.get(f"/ens/series/{series.slug}").follow("Register for all dates")
    assert form.fields(form.form("register"))["dates"] == "all"
    mine = form.submit("register", **TYPED)
    assert (mine.status, mine.heading) == (200, "Rounds")
    assert len(mine.soup.select("main a[href^='/t/']")) == 3
    assert states() == ["confirmed"] * 3


def test_on_the_form_of_one_session_one_date_is_the_default(page):
    series = rounds(3)
    form = page.get(f"/s/{dates_of(series)[0].slug}/register")
    assert "All 3 coming dates, also those planned later" in form.text
    ticket = form.submit("register", **TYPED)
    assert ticket.path.startswith("/t/")
    assert store.query(SeriesSeat).count() == 0


def test_a_session_alone_asks_for_no_dates(page):
    series = rounds(3, published=1)
    form = page.get(f"/s/{dates_of(series)[0].slug}/register")
    assert "Which dates?" not in form.text


def test_a_date_given_back_keeps_the_others_and_says_so(page):
    for_all(rounds(3))
    [holder] = store.query(SeriesSeat).all()
    ticket = page.get(queries.series_path(holder)).follow("Wed 14 Oct")
    question = page.get(f"{ticket.path}/cancel")
    assert "you keep the other dates of the series" in question.text
    question.submit("/cancel")
    assert states() == ["cancelled", "confirmed", "confirmed"]
    assert store.get(SeriesSeat, holder.id).state is SeriesSeatState.HELD


def test_leaving_says_what_follows_and_gives_every_coming_date_back(page):
    for_all(rounds(3))
    [holder] = store.query(SeriesSeat).all()
    question = page.get(queries.series_path(holder)).follow("Leave the series")
    assert "Your places at 3 coming dates are given back" in question.text
    after = question.submit("/leave")
    assert "You left this series." in after.text
    assert states() == ["cancelled"] * 3


def test_the_join_link_of_the_series_leads_to_the_next_date(page):
    found = for_all(rounds(3))
    path = queries.series_path(found.series_seat)
    assert page.raw(f"{path}/join").headers["Location"].startswith("/j/")
    with transaction():
        service.leave(queries.series_seat(found.series_seat.id))
    assert page.raw(f"{path}/join").headers["Location"] == path


def test_a_strangers_browser_is_not_shown_the_dates_of_an_address_that_registered_before(page):
    series = rounds(3)
    seat(dates_of(series)[1])
    form = page.get(f"/s/{dates_of(series)[0].slug}/register?dates=all")
    sent = form.submit("register", **TYPED)
    assert sent.path.endswith("/register/sent")
    assert states() == ["confirmed"] * 3


def test_the_reminder_in_the_calendar_is_a_choice(page):
    series = rounds(2)
    page.get(f"/s/{dates_of(series)[0].slug}/register?dates=all").submit("register", **TYPED, alarm=None)
    [holder] = store.query(SeriesSeat).all()
    seats = queries.seats_in([series.id], holder.person_id)
    assert (holder.alarm, {each.alarm for each in seats}) == (False, {False})


def test_registering_again_after_leaving_is_a_registration_like_the_first():
    series = rounds(2)
    first = for_all(series).series_seat
    with transaction():
        service.leave(queries.series_seat(first.id))
    again = for_all(series)
    assert (again.series_seat.id, again.series_seat.version) == (first.id, 3)
    assert states() == ["confirmed", "confirmed"]


def test_everybody_registered_for_all_follows_into_what_is_split_off(work):
    series = rounds(4)
    for_all(series)
    follower = follow_on(series, dates_of(series)[2], "2026-10-28T19:00", 2)
    work()
    held = queries.held_in([follower.id])
    assert [each.person.email for each in held] == ["ada@clinic.example"]
    assert queries.family_ids(series.id) == queries.family_ids(follower.id) == (series.id, follower.id)


def test_who_left_a_series_is_not_seated_by_later_dates(work):
    series = rounds(3, published=2)
    with transaction():
        service.leave(queries.series_seat(for_all(series).series_seat.id))
    with transaction():
        publication.publish(dates_of(series)[2], olga())
    work()
    assert states() == ["cancelled", "cancelled"]


def test_both_pages_of_a_split_series_show_all_dates(page, work):
    series = rounds(4)
    follower = follow_on(series, dates_of(series)[2], "2026-10-28T19:00", 2)
    work()
    for each in (series, follower):
        slug = series_of_id(each.id).slug
        assert page.get(f"/ens/series/{slug}").text.count("Rounds, ") == 4
    links = page.get("/ens").soup.select("a[href*='/series/']")
    assert {link["href"] for link in links} == {f"/ens/series/{series_of_id(series.id).slug}"}
