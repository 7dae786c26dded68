"""The ticket at every hour by the server's clock, and the agenda of a signed-in person."""

from datetime import datetime

import pytest

from tests.factories.accounts import ada, olga, pia
from tests.factories.registration import seat
from tests.factories.sessions import session, speaker
from tests.factories.societies import society
from webinar.calendars.models import FeedKey
from webinar.db.store import store
from webinar.meetings.port import Link
from webinar.meetings.service import set_link
from webinar.registration.models import SeatState
from webinar.registration.queries.seats import join_path, ticket_path
from webinar.sessions.service import publication
from webinar.timekeeping import clock as clocks


def at(text):
    return datetime.fromisoformat(text)


def card(found):
    return " ".join(found.soup.select_one("[aria-labelledby=state]").get_text(" ").split())


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-10-12T09:00Z", "You are registered"),
        (
            "2026-10-14T12:40Z",
            "Starts in 3 hours Joining opens at Wed 14 Oct 2026, 21:30 Kathmandu (UTC+05:45)",
        ),
        ("2026-10-14T15:45Z", "The room is open Join"),
        ("2026-10-14T16:12Z", "It is on Join now: started 12 minutes ago"),
        ("2026-10-14T17:09Z", "It is on Join now"),
        ("2026-10-14T17:10Z", "Ended. Thank you. Once the organisers have read the attendance"),
        ("2026-10-17T09:00Z", "Ended. Thank you."),
    ],
)
def test_the_ticket_says_by_the_servers_clock_what_to_do(page, clock, now, words):
    path = ticket_path(seat(session(society())))
    clock.move_to(at(now))
    assert card(page.get(path)).startswith(words)


def test_the_ticket_shows_the_zone_of_its_holder_before_any_cookie(page):
    path = ticket_path(seat(session(society()), zone_name="Asia/Kathmandu"))
    found = page.get(f"{path}?tz=Africa/Cairo")
    assert "21:45 – 22:45 Kathmandu" in " ".join(found.soup.select_one(".when").get_text(" ").split())


def test_a_ticket_is_a_secret_page(page):
    response = page.raw(ticket_path(seat(session(society()))))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    page.get("/t/ti_unknown", status=404)


def test_joining_takes_one_press_once_the_doors_are_open(page, clock):
    held = seat(session(society()))
    clock.move_to(at("2026-10-14T15:50Z"))
    found = page.get(ticket_path(held))
    button = found.soup.select_one("[aria-labelledby=state] .btn-p")
    assert button["href"] == f"http://webinar.test{join_path(held)}"


def test_one_press_gives_the_place_back(page):
    held = seat(session(society()))
    found = page.get(ticket_path(held)).submit("/cancel")
    assert "You gave your place back" in found.text
    assert found.soup.select("form[action$='/cancel']") == []


def test_who_waits_sees_the_number_and_who_is_offered_a_seat_takes_it(page):
    held = session(society(), capacity=1)
    first, second = seat(held, "tom@clinic.example", "Tom Talker"), seat(held)
    assert card(page.get(ticket_path(second))).startswith("You are no. 1 on the waiting list")
    page.get(ticket_path(first)).submit("/cancel")
    store.expire_all()
    assert second.state is SeatState.OFFERED
    found = page.get(ticket_path(second))
    assert card(found).startswith(
        "A seat is free for you It is yours until Thu 8 Oct 2026, 02:45 Kathmandu (UTC+05:45)"
    )
    assert card(found.submit("/take")).startswith("You are registered")


def test_a_cancelled_session_needs_nothing_of_its_people(page):
    held = session(society())
    path = ticket_path(seat(held))
    publication.cancel(held, olga(), "The speaker is ill.")
    assert card(page.get(path)).startswith(
        "Cancelled This session does not take place. You need not do anything. The speaker is ill."
    )


def test_phone_numbers_stand_on_the_ticket_only_and_on_its_card(page, clock):
    held = session(society())
    one = seat(held)
    set_link(held, olga(), Link(url="https://video.example/1", passcode="4417", dial_in="+977 1 555 0100"))
    clock.move_to(at("2026-10-14T15:50Z"))
    assert "+977 1 555 0100" in page.get(ticket_path(one)).text
    assert "+977 1 555 0100" not in page.get(f"/s/{held.slug}").text
    text = page.raw(f"{ticket_path(one)}/card.txt").get_data(as_text=True)
    assert text.splitlines()[-6:] == [
        f"Join: http://webinar.test{join_path(one)}",
        "Opens Wed 14 Oct 2026, 21:30 Kathmandu (UTC+05:45)",
        "Passcode: 4417",
        "Phone: +977 1 555 0100",
        "",
        "Questions: events@ens.example",
    ]
    assert len(text.encode()) <= 1024


def test_the_agenda_asks_strangers_to_sign_in(page):
    assert page.get("/me").heading == "Sign in"


def test_an_empty_agenda_leads_to_sessions(page):
    page.sign_in(ada())
    found = page.get("/me")
    assert found.heading == "My agenda"
    assert found.follow("Find a session").path == "/"


def test_the_agenda_shows_what_comes_what_was_and_the_feed(page, clock):
    ens = society()
    early = session(ens, title="Early", starts_local=at("2026-10-08T18:00"))
    late = session(ens, title="Late")
    seat(late)
    seat(early)
    key = FeedKey(
        person_id=ada().id, nonce="n", token_hash="h", created_at=clocks.now(), last_read_at=clocks.now()
    )
    store.add(key)
    store.commit()
    titles = [tag.get_text() for tag in page.sign_in(ada()).get("/me").soup.select(".entries h3")]
    assert titles == ["Early", "Late"]
    clock.move_to(at("2026-10-09T11:00Z"))
    found = page.sign_in(ada()).get("/me")
    assert [tag.get_text() for tag in found.soup.select(".s-body .entries h3")] == ["Early"]
    assert "1 session · My certificates" in found.text
    assert "Last read by a calendar 2 days ago." in found.text


def test_a_speaker_finds_the_checklist_in_the_agenda(page):
    speaker(session(society()))
    found = page.sign_in(pia()).get("/me")
    assert "You speak: Flow diverters in ruptured aneurysms" in found.text
    assert [a["href"][:8] for a in found.soup.select("a[href^='/talk/']")] == ["/talk/tk"]


def test_the_agenda_asks_the_database_as_often_for_three_seats_as_for_one(page, questions):
    ens = society()
    seat(session(ens))
    page.sign_in(ada())
    with questions() as one:
        page.get("/me")
    for number in (1, 2):
        seat(session(ens, title=f"Session {number}"))
    with questions() as three:
        page.get("/me")
    assert len(three) == len(one)
