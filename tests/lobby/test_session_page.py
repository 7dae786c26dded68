"""One session's public page: when, what, who, and the one thing to do, at every stage of its life."""

import gzip
import json
from datetime import timedelta

import pytest

from tests.factories.accounts import ada, olga
from tests.factories.registration import seat
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import society
from webinar.db.store import store
from webinar.registration.queries.seats import ticket_path
from webinar.sessions.models import Answer, Disclosure
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication, timing

PATH = "/s/flow-diverters-in-ruptured-aneurysms"


def when_of(found):
    return " ".join(found.soup.select_one(".when").get_text(" ").split())


def test_a_session_shows_its_own_zone_utc_and_a_table_of_cities_while_nobody_chose_one(page):
    session(society())
    found = page.get(PATH)
    assert found.heading == "Flow diverters in ruptured aneurysms"
    assert when_of(found).startswith(
        "Wednesday 14 October 2026 18:00 – 19:00 Berlin ( UTC+02:00 ), evening 16:00 UTC"
    )
    assert len(found.soup.select("details .tbl tbody tr")) == 11


def test_a_session_shows_the_chosen_zone_and_warns_of_the_night_with_a_way_out(page):
    session(society())
    found = page.get(f"{PATH}?tz=Australia/Sydney")
    assert "Thursday 15 October 2026 03:00 – 04:00 Sydney ( UTC+11:00 ), night Wed 16:00 UTC" in when_of(
        found
    )
    assert "Night for you: it starts at 03:00 for you. If you sleep through it, the recording" in when_of(
        found
    )
    assert "Sydney (UTC+11:00)" in page.get(PATH).text, "the choice is remembered"


def test_the_zone_of_the_account_comes_before_the_cookie(page):
    session(society())
    person = ada()
    person.zone_name = "Asia/Kathmandu"
    page.sign_in(person)
    assert "21:45 – 22:45 Kathmandu" in when_of(page.get(f"{PATH}?tz=Africa/Cairo"))


def test_the_action_stands_directly_after_the_time(page):
    session(society())
    article = page.get(PATH).soup.select_one("article.split")
    parts = [part["class"][0] for part in article.find_all(recursive=False)]
    assert parts == ["s-head", "s-side", "s-body"]
    assert article.select_one(".s-side form")["action"] == f"{PATH}/register"


def test_registering_on_the_page_takes_one_press_and_leads_to_the_ticket(page):
    session(society())
    form = {"name": "Ada Attendee", "email": "ada@clinic.example", "country": "NP"}
    answer = page.get(PATH).submit("/register", **form)
    assert answer.heading == "Flow diverters in ruptured aneurysms"
    assert "You are registered" in answer.text


def test_a_draft_is_not_there(page):
    draft(society())
    assert page.get(PATH, status=404).heading == "Not found"


def test_search_engines_read_the_event_with_its_offset(page):
    held = session(society())
    event = json.loads(page.get(PATH).soup.find("script", type="application/ld+json").string)
    assert event == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Flow diverters in ruptured aneurysms",
        "description": "Three **cases**, three continents.",
        "url": f"http://webinar.test{PATH}",
        "startDate": "2026-10-14T18:00:00+02:00",
        "endDate": "2026-10-14T19:00:00+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": f"http://webinar.test{PATH}"},
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "offers": {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "USD",
            "availability": "https://schema.org/InStock",
            "url": f"http://webinar.test{PATH}",
            "validFrom": held.published_at.isoformat(),
        },
        "organizer": {
            "@type": "Organization",
            "name": "Example Neurosurgical Society",
            "url": "http://webinar.test/ens",
        },
        "performer": [],
    }


def test_a_title_cannot_leave_the_data_for_search_engines(page):
    session(society(), title="</script><b>Bold</b> & “quoted”")
    found = page.get("/s/script-b-bold-b-quoted")
    event = json.loads(found.soup.find("script", type="application/ld+json").string)
    assert event["name"] == "</script><b>Bold</b> & “quoted”"
    assert found.heading == "</script><b>Bold</b> & “quoted”"


def test_chat_apps_preview_the_time_in_several_cities(page):
    session(society())
    soup = page.get(PATH).soup
    assert soup.find("meta", property="og:description")["content"] == (
        "Wed 14 Oct 2026, 16:00 UTC · 18:00 Berlin · 13:00 São Paulo · 19:00 Cairo · 21:30 Delhi"
    )
    assert soup.find("link", rel="alternate", type="text/calendar")["href"] == f"{PATH}.ics"


def test_the_abstract_is_markdown_and_never_html(page):
    session(society(), abstract="**Three** cases <script>alert(1)</script>")
    prose = page.get(PATH).soup.select_one(".prose")
    assert str(prose.find("strong")) == "<strong>Three</strong>"
    assert prose.find("script") is None


def test_speakers_are_named_once_they_accept_with_what_they_declared(page):
    held = session(society())
    pia = speaker(held, talk_title="Evidence in ten slides", talk_minutes=15)
    speaker(held, "tom@clinic.example", "Tom Talker", talk_title="Cases", talk_minutes=24)
    pia.answer, pia.disclosure = Answer.CONFIRMED, Disclosure.NONE
    found = page.get(f"{PATH}?tz=Asia/Kathmandu")
    talks = [" ".join(li.get_text(" ").split()) for li in found.soup.select(".agenda:not(.voices) > li")]
    assert talks == [
        "21:45 Evidence in ten slides Pia Presenter · 15 min · no conflicts declared",
        "22:00 Cases Speaker to be confirmed · 24 min",
    ]
    assert "Times for Kathmandu (UTC+05:45)" in found.text
    assert "Tom Talker" not in found.text
    assert "pia@clinic.example" not in found.text


def test_a_moved_session_shows_the_old_time_struck_out_until_it_is_over(page, clock):
    held = session(society())
    timing.move(held, olga(), When(held.starts_local + timedelta(days=1), held.zone_name, 60))
    found = page.get(PATH)
    assert " ".join(found.soup.select_one(".when del").get_text(" ").split()) == (
        "was Wed 14 Oct 2026, 18:00 Berlin ( UTC+02:00 )"
    )
    assert "Thursday 15 October 2026" in found.soup.select_one(".when ins").get_text()
    event = json.loads(found.soup.find("script", type="application/ld+json").string)
    assert (event["eventStatus"], event["previousStartDate"]) == (
        "https://schema.org/EventRescheduled",
        "2026-10-14T18:00:00+02:00",
    )
    clock.move_to(held.ends_at)
    assert page.get(PATH).soup.select_one(".when del") is None


def test_a_cancelled_session_says_why_and_offers_no_registration(page):
    held = session(society())
    publication.cancel(held, olga(), "The speaker is ill.")
    found = page.get(PATH)
    assert "This session does not take place. The speaker is ill." in found.text
    assert found.soup.select("form[action$='/register']") == []
    event = json.loads(found.soup.find("script", type="application/ld+json").string)
    assert event["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_full_session_offers_the_waiting_list(page):
    held = session(society(), capacity=1)
    seat(held, "tom@clinic.example", "Tom Talker")
    found = page.get(PATH)
    assert (
        found.soup.select_one("form[action$='/register'] button[type=submit]").text == "Join the waiting list"
    )
    event = json.loads(found.soup.find("script", type="application/ld+json").string)
    assert event["offers"]["availability"] == "https://schema.org/SoldOut"


@pytest.mark.parametrize(
    ("recording_url", "recording_note", "words"),
    [
        ("", "", "If you attended, your certificate comes by mail"),
        ("https://video.example/1", "", "Watch the recording"),
        ("javascript:alert(1)", "", "If you attended, your certificate comes by mail"),
        ("", "A patient could be recognised.", "Not recorded: A patient could be recognised."),
    ],
)
def test_afterwards_the_page_says_whether_there_is_a_recording(
    page, clock, recording_url, recording_note, words
):
    held = session(society())
    held.recording_url, held.recording_note = recording_url, recording_note
    store.commit()
    clock.move_to(held.ends_at)
    found = page.get(PATH)
    assert words in found.text
    assert found.soup.select("form[action$='/register']") == []
    assert found.soup.select("a[href^='javascript']") == []


def test_who_holds_a_seat_finds_the_ticket(page):
    held = session(society())
    seat(held)
    page.sign_in(ada())
    assert page.get(PATH).follow("Open your ticket").heading == "Flow diverters in ruptured aneurysms"


def test_the_first_view_is_light(page):
    """At most 14 KB of HTML, 30 KB and three requests in all (design specification, section 4)."""
    held = session(society(), abstract="Words about aneurysms. " * 120, objectives=tuple("ABCDE"))
    for number in range(4):
        speaker(held, f"s{number}@clinic.example", f"Speaker {number}", talk_title=f"Talk {number}")
    found = page.get(PATH)
    weight = len(gzip.compress(found.response.get_data()))
    assert weight <= 14 * 1024
    parts = [
        tag.get("href") or tag.get("src") for tag in found.soup.select("link[rel=stylesheet], script[src]")
    ]
    assert len(parts) <= 2
    for part in parts:
        with page.raw(part) as response:
            weight += len(gzip.compress(response.get_data()))
    assert weight <= 30 * 1024


def test_the_join_card_is_text_of_at_most_one_kilobyte(page):
    held = session(society(name="ع" * 120), title="Aneurysmata " * 12)
    card = page.raw(f"/s/{held.slug}/card.txt?tz=Asia/Kathmandu")
    assert card.mimetype == "text/plain"
    assert len(card.get_data()) <= 1024
    assert card.get_data(as_text=True).splitlines()[3:] == [
        "Wed 14 Oct 2026, 21:45–22:45 Kathmandu (UTC+05:45), late evening",
        "= Wed 14 Oct 2026, 16:00 UTC",
        "= Wed 14 Oct 2026, 18:00 Berlin (UTC+02:00)",
        "",
        f"Register: http://webinar.test/s/{held.slug}",
        "Join: by the personal link that you get then",
        "",
        "Questions: events@ens.example",
    ]


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("es", "ltr")])
def test_a_page_in_another_language_keeps_its_budget_and_its_data_for_search_engines(
    page, language, direction
):
    held = session(society())
    speaker(held)
    english = page.get(PATH).soup.find("script", type="application/ld+json").string
    found = page.get(f"{PATH}?lang={language}&tz=Africa/Cairo")
    assert (found.soup.html["lang"], found.soup.html["dir"]) == (language, direction)
    assert json.loads(found.soup.find("script", type="application/ld+json").string) == json.loads(english)
    assert len(gzip.compress(found.soup.encode())) <= 14 * 1024


def test_arabic_pages_keep_latin_names_and_offsets_in_their_own_direction(page):
    held = session(society())
    pia = speaker(held)
    pia.answer, pia.talk_title, pia.disclosure = Answer.CONFIRMED, "Evidence in ten slides", Disclosure.NONE
    store.commit()
    soup = page.get(f"{PATH}?lang=ar&tz=Africa/Cairo").soup
    assert soup.select_one(".agenda li p").get_text() == "\u2068Pia Presenter\u2069 · 1 س · لا تضارب مصالح"
    assert [offset["dir"] for offset in soup.select(".when bdi")] == ["ltr"] * 3
    assert " ".join(soup.select_one(".when .z").get_text().split()) == "القاهرة (UTC+03:00)، مساءً"


def test_the_language_that_an_address_asks_for_wins_over_the_accounts(page):
    held = session(society())
    held_by_ada = seat(held)
    assert page.get(ticket_path(held_by_ada)).soup.html["lang"] == "en"
    assert page.get(f"{ticket_path(held_by_ada)}?lang=es").soup.html["lang"] == "es"
