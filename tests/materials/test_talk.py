"""The presenter's one page: answers, slides, the room; one secret link and nothing else needed."""

from datetime import timedelta
from io import BytesIO

import pytest

from tests.factories import materials
from tests.factories.accounts import olga, pia
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import ens_with_olga, society
from webinar.config import settings
from webinar.db.store import store
from webinar.materials import queries
from webinar.materials.formats import pdf
from webinar.sessions.models import Answer
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication, speakers, timing


@pytest.fixture
def olgas(app):
    """Olga's published session with its room set."""
    found, _olga = ens_with_olga()
    made = session(found)
    materials.room(made)
    return made


@pytest.fixture
def pias(olgas):
    """Pia, asked to speak there."""
    return speaker(olgas)


def checklist(page) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.soup.select("#main .check")[0].select("li")]


def test_the_page_says_when_in_the_host_zone_and_what_is_left(page, pias):
    opened = page.get(materials.talk_path(pias))
    assert opened.heading == "Your talk: Flow diverters in ruptured aneurysms"
    assert "18:00 – 19:00 Berlin ( UTC+02:00 ), evening" in opened.text
    assert "0 of 7 done" in opened.text
    assert checklist(opened) == [
        "Your time Due Mon 12 Oct 2026",
        "Biography Due Mon 12 Oct 2026",
        "Title of your talk Due Mon 12 Oct 2026",
        "Disclosures Due Mon 12 Oct 2026",
        "Recording consent Due Mon 12 Oct 2026",
        "Slides Due Mon 12 Oct 2026",
        "Sound and link test Blocked",
    ]
    assert "Sound and link test: The room opens to you once you have confirmed." in opened.text


def test_the_page_is_kept_by_nobody_and_passes_its_address_to_nobody(page, pias):
    headers = page.raw(materials.talk_path(pias)).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    token = materials.talk_path(pias).rpartition("/")[2]
    links = [
        a["href"] for a in page.get(materials.talk_path(pias)).soup.select("header a[href], footer a[href]")
    ]
    assert [href for href in links if token in href] == []


def test_pia_sees_the_time_in_her_own_zone(page, pias):
    pia().zone_name = "Asia/Kathmandu"
    store.commit()
    assert "21:45 – 22:45 Kathmandu ( UTC+05:45 )" in page.get(materials.talk_path(pias)).text


def test_a_zone_chosen_for_the_visit_is_used_where_pia_has_none(page, pias):
    opened = page.get(materials.talk_path(pias) + "?tz=America/New_York")
    assert "12:00 – 13:00 New York ( UTC-04:00 )" in opened.text


def test_everything_is_done_within_eight_clicks(page, pias):
    pias.bio = "Neurosurgeon in Kathmandu."  # known from last time: no click
    pias.talk_title = "Evidence in ten slides"
    store.commit()
    clicks = 0
    opened = page.get(materials.talk_path(pias))
    for words, action, more in (
        ("Yes, I will be there", "/answer", 1),
        ("I have none", "/disclose", 1),
        ("Yes, record it", "/consent", 1),
        ("Upload", "/slides", 2),
        ("It works", "/test", 2),
    ):
        opened = press(opened, words, action)
        clicks += more
    assert "7 of 7 done" in opened.text
    assert "Nothing to do until Tue 13 Oct 2026, 18:00 Berlin (UTC+02:00) ." in opened.text
    assert clicks <= 7  # and one more on the day: backstage


def press(opened, words, action):
    """Press the button with these words in the form that posts to `action`."""
    for form in opened.soup.find_all("form", method="post"):
        button = form.find("button")
        if form["action"].endswith(action) and button.get_text() == words:
            sent = opened.fields(form)
            if button.get("name"):
                sent[button["name"]] = button["value"]
            if form.find("input", type="file"):
                sent["file"] = (BytesIO(materials.pdf()), "talk.pdf")
            return opened.client.post(form["action"], sent, multipart="enctype" in form.attrs)
    raise AssertionError(f"no button {words!r}")


def test_what_pia_writes_of_herself_stands_in_the_form_afterwards(page, pias):
    opened = page.get(materials.talk_path(pias))
    saved = opened.submit("/describe", bio="Neurosurgeon in Kathmandu.", talk_title="Ten slides")
    assert saved.heading == "Your talk: Ten slides"
    assert "Biography Done" in checklist(saved)
    assert saved.fields(saved.form("/describe"))["bio"].strip() == "Neurosurgeon in Kathmandu."


def test_an_upload_is_listed_with_size_pages_and_version(page, pias):
    content = materials.pdf(3)
    saved = materials.upload(page, pias, content, "Evidence.pdf")
    assert "Thank you, version 1 is saved." in saved.text
    size = f"{len(content)} B" if len(content) < 1000 else f"{len(content) / 1000:.1f} KB"
    assert f"Version 1 , {size} , 3 pages · Evidence.pdf" in saved.text
    assert "Slides Done" in checklist(saved)


def test_the_same_file_twice_is_one_version_and_leaves_no_second_copy(page, pias):
    first, second = materials.pdf(), materials.pdf(2)
    for content in (first, second, second):
        again = materials.upload(page, pias, content)
    decks = queries.decks_of(pias.id)
    assert [deck.version for deck in decks] == [2, 1]
    kept = {path.name for path in (settings().data / "files" / "slides").iterdir()}
    assert kept == {deck.storage_key.rpartition("/")[2] for deck in decks}
    assert "This is the same file as version 2, so nothing has changed." in again.text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<html><script>alert(1)</script></html>", "talk.pdf", pdf.NO_PDF),
        (materials.archive(), "talk.pdf", pdf.NO_PDF),
        (b"", "talk.pdf", "This file is empty. Please choose another."),
        (materials.truncated_pdf(), "talk.pdf", pdf.CUT_OFF),
        (materials.encrypted_pdf(), "talk.pdf", pdf.LOCKED),
        (materials.pdf_and_archive(), "talk.pdf", pdf.TWO_IN_ONE),
    ],
    ids=["HTML", "ZIP", "empty", "truncated", "encrypted", "two in one"],
)
def test_a_file_that_is_no_pdf_gets_a_sentence_and_leaves_nothing(page, pias, content, name, sentence):
    refused = materials.upload(page, pias, content, name)
    assert refused.status == 422
    assert refused.errors == [sentence]
    assert queries.decks_of(pias.id) == []
    assert not (settings().data / "files").exists()


def test_no_file_at_all_gets_a_sentence(page, pias):
    refused = page.get(materials.talk_path(pias)).submit("/slides")
    assert (refused.status, refused.errors) == (422, ["Please choose a file."])


def test_a_file_larger_than_the_limit_is_refused_with_both_sizes(page, pias):
    settings().upload_max_bytes = 2_000
    refused = materials.upload(page, pias, materials.pdf() + b"%" * 3_000)
    assert refused.status == 422
    assert refused.errors[0].endswith("the most we take is 2 KB.")


def test_a_body_far_beyond_the_limit_is_cut_off_unread(page, pias):
    settings().upload_max_bytes = 2_000
    refused = materials.upload(page, pias, materials.pdf() + b"%" * 200_000)
    assert refused.status == 413
    assert queries.decks_of(pias.id) == []


def test_a_name_with_folders_and_markup_is_only_text(page, pias):
    saved = materials.upload(page, pias, materials.pdf(), "../../<b>talk</b>.pdf")
    assert "b>.pdf" in saved.text
    assert saved.soup.select("#slides ~ ul b") == []


def test_a_withdrawn_version_gives_way_to_the_one_before(page, pias):
    first = materials.deck(pias, materials.pdf(1))
    materials.deck(pias, materials.pdf(2))
    opened = page.get(materials.talk_path(pias))
    newest = queries.decks_of(pias.id)[0]
    after = opened.submit(f"/withdraw/{newest.public_id}")
    assert "Withdrawn. People do not see this version any more." in after.text
    assert materials.current(pias).id == first.id
    assert [deck.version for deck in queries.decks_of(pias.id)] == [2, 1]


def test_the_next_upload_after_a_withdrawal_counts_on(page, pias):
    materials.deck(pias)
    page.get(materials.talk_path(pias)).submit("/withdraw/")
    materials.upload(page, pias, materials.pdf())
    assert materials.current(pias).version == 2


def test_a_link_opens_only_its_own_speakers_slides(page, olgas, pias):
    sam = speaker(olgas, "sam@ens.example", "Sam Society")
    other = speaker(session(olgas.society, title="Another evening"))
    pias_deck = materials.deck(pias)
    for stranger in (sam, other):
        page.get(f"{materials.talk_path(stranger)}/slides/{pias_deck.public_id}", status=404)
        token = page.get(materials.talk_path(stranger)).soup.find("input", attrs={"name": "csrf_token"})[
            "value"
        ]
        posted = page.post(
            f"{materials.talk_path(stranger)}/withdraw/{pias_deck.public_id}", {"csrf_token": token}
        )
        assert posted.status == 404
    assert materials.current(pias).id == pias_deck.id


def test_a_dead_link_says_what_to_do_and_is_as_secret_as_a_living_one(page, olgas, pias):
    path = materials.talk_path(pias)
    speakers.remove_speaker(olgas, olga(), pias)
    store.commit()
    for dead in (path, "/talk/tk_nothing", "/talk/jn_of-another-kind"):
        gone = page.get(dead, status=404)
        assert "write to the person who asked you" in gone.text
        assert gone.response.headers["Referrer-Policy"] == "no-referrer"


def test_somebody_whose_only_trace_is_a_link_test_can_be_taken_off(page, olgas, pias):
    pias.answer = Answer.CONFIRMED
    store.commit()
    press(page.get(materials.talk_path(pias)), "It works", "/test")
    speakers.remove_speaker(olgas, olga(), pias)
    store.commit()
    page.get(materials.talk_path(pias), status=404)


def test_a_cancelled_session_says_so_and_asks_for_nothing(page, olgas, pias):
    publication.cancel(olgas, olga(), "The speaker fell ill.")
    store.commit()
    opened = page.get(materials.talk_path(pias))
    assert "Cancelled: this session does not take place." in opened.text
    assert "The speaker fell ill." in opened.text
    assert opened.soup.select("main form") == []


def test_slides_for_a_cancelled_session_are_not_taken(page, olgas, pias):
    opened = page.get(materials.talk_path(pias))
    publication.cancel(olgas, olga(), "The speaker fell ill.")
    store.commit()
    refused = opened.submit("/slides", file=(BytesIO(materials.pdf()), "talk.pdf"))
    assert refused.status == 422
    assert queries.decks_of(pias.id) == []


def test_a_moved_session_shows_both_times_and_asks_again(page, olgas, pias):
    pias.answer = Answer.CONFIRMED
    store.commit()
    timing.move(olgas, olga(), When(olgas.starts_local + timedelta(days=1), "Europe/Berlin", 60))
    store.commit()
    opened = page.get(materials.talk_path(pias))
    assert "Moved: was Wed 14 Oct 2026, 18:00 Berlin" in opened.text
    assert "Thursday 15 October 2026 18:00 – 19:00" in opened.text
    assert checklist(opened)[0] == "Your time Due Tue 13 Oct 2026"


def test_who_declined_can_come_back_by_one_press(page, pias):
    pias.answer = Answer.DECLINED
    store.commit()
    opened = page.get(materials.talk_path(pias))
    assert "Declined: you said that you cannot speak." in opened.text
    assert "Confirmed" in press(opened, "I will be there after all", "/answer").text


def test_the_room_stands_there_on_the_day_for_who_has_confirmed(page, clock, olgas, pias):
    clock.move_to(olgas.starts_at - timedelta(hours=3))
    assert page.get(materials.talk_path(pias)).soup.find("a", href=materials.ROOM) is None
    pias.answer = Answer.CONFIRMED
    store.commit()
    opened = page.get(materials.talk_path(pias))
    assert [a.get_text() for a in opened.soup.find_all("a", href=materials.ROOM)] == [
        "Go backstage",
        "Open the room",
    ]


def test_another_room_needs_another_test(page, olgas, pias):
    pias.answer = Answer.CONFIRMED
    store.commit()
    done = press(page.get(materials.talk_path(pias)), "It works", "/test")
    assert checklist(done)[-1] == "Sound and link test Done"
    materials.room(olgas, "https://zoom.example/j/987654321")
    assert checklist(page.get(materials.talk_path(pias)))[-1] == "Sound and link test Due Mon 12 Oct 2026"


def test_without_a_room_there_is_nothing_to_test(page, app):
    pias = speaker(draft(society()))
    opened = page.get(materials.talk_path(pias))
    assert "Sound and link test: The organiser has not set the room yet." in opened.text


def test_after_the_session_slides_and_consent_remain(page, clock, olgas, pias):
    clock.move_to(olgas.ends_at)
    opened = page.get(materials.talk_path(pias))
    assert "Held: this session has taken place." in opened.text
    assert "Thank you, version 1 is saved." in materials.upload(page, pias, materials.pdf()).text
    assert "You said: no ." in press(opened, "No", "/consent").text


def test_a_second_speakers_page_shows_the_running_order(page, olgas, pias):
    speaker(olgas, "sam@ens.example", "Sam Society", talk_title="The other side")
    order = page.get(materials.talk_path(pias)).soup.select_one("ul.agenda")
    rows = [" ".join(li.get_text(" ").split()) for li in order.find_all("li")]
    assert rows == ["18:00 Pia Presenter", "18:30 The other side Sam Society"]
