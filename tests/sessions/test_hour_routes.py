"""The organiser's pages of a second live hour and of a discussion."""

from tests.factories.accounts import olga
from tests.factories.registration import seat
from tests.factories.sessions import draft, two_hours
from tests.factories.societies import ens_with_olga
from tests.letters import received
from webinar.db.store import store
from webinar.sessions import queries

DESK = "/ens/sessions/flow-diverters-in-ruptured-aneurysms"


def test_olga_adds_a_second_hour_from_the_time_page_and_is_led_to_its_link(page):
    ens, _olga = ens_with_olga()
    first = draft(ens)
    page.sign_in(olga())
    form = page.get(f"{DESK}/time").follow("Add a second live hour")
    found = form.submit("/hour", starts_local="2026-10-15T06:00", capacity="30")
    store.expire_all()
    assert [hour.capacity for hour in queries.hours_of(first)] == [None, 30]
    assert "Second live hour" in found.text
    assert page.get(f"{DESK}-b/check").heading == page.get(f"{DESK}/check").heading


def test_a_second_hour_when_clocks_go_back_is_asked_about(page):
    ens, _olga = ens_with_olga()
    draft(ens)
    page.sign_in(olga())
    refused = page.get(f"{DESK}/hour").submit("/hour", starts_local="2026-10-25T02:30")
    assert refused.status == 422
    assert len(refused.soup.select("input[name=chosen_at]")) == 2


def test_taking_the_second_hour_off_says_whom_it_tells_and_offers_them_the_first(page, work, carrier):
    ens, _olga = ens_with_olga()
    first, second = two_hours(ens)
    seat(second)
    page.sign_in(olga())
    question = page.get(f"{DESK}-b/hour/remove")
    assert "1 person will be mailed." in question.text
    question.submit("/hour/remove", because="The speaker cannot come twice.")
    work()
    mail = received(carrier, "ada@clinic.example")[-1]
    assert mail.subject.startswith("Cancelled: ")
    stays = "The session has another live hour, which stays: Thu 15 Oct 2026, 02:15–03:15 Kathmandu"
    assert stays in " ".join(mail.text.split())
    store.expire_all()
    assert queries.hours_of(first) == (first,)


def test_a_discussion_is_opened_shown_and_closed_again(page):
    ens, _olga = ens_with_olga()
    two_hours(ens)
    page.sign_in(olga())
    form = page.get(f"{DESK}/window")
    refused = form.submit("/window", opens_local="2026-10-12T09:00", closes_local="")
    assert "Please give both" in refused.text
    page.get(f"{DESK}/window").submit(
        "/window", opens_local="2026-10-12T09:00", closes_local="2026-10-16T09:00"
    )
    public = page.get("/s/flow-diverters-in-ruptured-aneurysms?tz=Europe/Berlin").text
    assert "Discussion opens Mon 12 Oct 2026, 09:00 – Fri 16 Oct 2026, 09:00 Berlin (UTC+02:00)" in " ".join(
        public.split()
    )


def test_both_hours_are_one_line_in_the_programme_and_two_events_in_the_feed(page):
    ens, _olga = ens_with_olga()
    two_hours(ens)
    programme = page.get("/ens/programme")
    assert len(programme.soup.select("section.stack-s ul.agenda li h3")) == 1
    body = page.raw("/ens/calendar.ics").get_data(as_text=True)
    assert body.count("BEGIN:VEVENT") == 2
    unfolded = body.replace("\r\n ", "")
    assert "(First live hour)" in unfolded
    assert "(Second live hour)" in unfolded
