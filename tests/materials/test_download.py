"""Who may read slides and when, and how they are sent."""

from datetime import timedelta

import pytest

from tests.factories import materials
from tests.factories.accounts import ada, olga, pia, sam
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import ens_with_olga, member, society
from webinar.db.store import store
from webinar.materials import queries
from webinar.sessions.models import Answer
from webinar.sessions.service import publication
from webinar.timekeeping import clock as time


@pytest.fixture
def olgas(app):
    found, _olga = ens_with_olga()
    return session(found)


@pytest.fixture
def pias(olgas):
    return speaker(olgas, talk_title="Ten slides")


@pytest.fixture
def on_the_day(clock, olgas):
    """Two hours before the start."""
    clock.move_to(olgas.starts_at - timedelta(hours=2))


def path(deck) -> str:
    return f"/s/{deck.session.slug}/slides/{deck.public_id}"


def fetch(page, address: str, **options):
    """Read an answer to its end and close it, as a server does."""
    return page.raw(address, buffered=True, **options)


def status(page, address: str) -> int:
    return fetch(page, address).status_code


def test_the_audience_reads_slides_from_two_hours_before_the_start(page, clock, olgas, pias):
    address = path(materials.deck(pias))
    clock.move_to(olgas.starts_at - timedelta(hours=2, seconds=1))
    assert status(page, address) == 404
    assert status(page.sign_in(ada()), address) == 404
    clock.shift(timedelta(seconds=1))
    assert status(page, address) == 200
    assert status(page.sign_out(), address) == 200


def test_organisers_and_the_speaker_read_them_always(page, pias):
    address = path(materials.deck(pias))
    for person in (olga(), sam(), pia()):
        assert status(page.sign_in(person), address) == 200
    own = f"{materials.talk_path(pias)}/slides/{materials.current(pias).public_id}"
    assert status(page.sign_out(), own) == 200


def test_another_societys_organiser_is_a_stranger(page, pias):
    address = path(materials.deck(pias))
    member(society("other", founder=ada(), name="Another Society"), ada())
    assert status(page.sign_in(ada()), address) == 404
    found = fetch(page, "/ens/sessions/" + pias_session(pias).slug + "/slides")
    assert found.status_code == 404
    assert fetch(page, "/other/sessions/" + pias_session(pias).slug + "/slides").status_code == 404


def pias_session(pias):
    return materials.current(pias).session


def test_a_deck_is_found_only_under_its_own_session(page, olgas, pias, on_the_day):
    deck = materials.deck(pias)
    other = session(olgas.society, title="Another evening")
    assert status(page, f"/s/{other.slug}/slides/{deck.public_id}") == 404


@pytest.mark.parametrize("why", ["withdrawn", "replaced", "declined", "cancelled", "draft"])
def test_what_is_not_shown_looks_absent_to_the_audience(page, olgas, pias, on_the_day, why):
    deck = materials.deck(pias)
    if why == "withdrawn":
        deck.withdrawn_at = time.now()
    elif why == "replaced":
        materials.deck(pias, materials.pdf(2))
    elif why == "declined":
        pias.answer = Answer.DECLINED
    elif why == "cancelled":
        publication.cancel(olgas, olga(), "Illness.")
    else:
        deck = materials.deck(speaker(draft(olgas.society)))
    store.commit()
    assert status(page, path(deck)) == 404


def test_the_file_is_sent_so_that_no_page_can_run_it(page, pias, on_the_day):
    content = materials.pdf(2)
    answer = fetch(page, path(materials.deck(pias, content, "vidéo <b>.html")))
    sent = answer.headers
    assert answer.data == content
    assert sent["Content-Type"] == "application/pdf"
    assert sent["Content-Length"] == str(len(content))
    assert sent["Content-Disposition"] == (
        "attachment; filename=\"video <b>.html.pdf\"; filename*=UTF-8''vid%C3%A9o%20%3Cb%3E.html.pdf"
    )
    assert sent["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Cross-Origin-Resource-Policy"] == "same-origin"
    assert sent["Cache-Control"] == "private, no-cache"
    assert sent["Accept-Ranges"] == "bytes"


def test_head_tells_the_size_without_the_file(page, pias, on_the_day):
    content = materials.pdf()
    answer = fetch(page, path(materials.deck(pias, content)), method="HEAD")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(content))


def test_a_download_can_be_resumed(page, pias, on_the_day):
    content = materials.pdf()
    answer = fetch(page, path(materials.deck(pias, content)), headers={"Range": "bytes=100-199"})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes 100-199/{len(content)}"
    assert answer.data == content[100:200]


def test_a_range_beyond_the_end_is_refused(page, pias, on_the_day):
    assert fetch(page, path(materials.deck(pias)), headers={"Range": "bytes=9999999-"}).status_code == 416


def test_ranges_and_heads_ask_like_whole_downloads(page, pias):
    address = path(materials.deck(pias))
    assert fetch(page, address, method="HEAD").status_code == 404
    assert fetch(page, address, headers={"Range": "bytes=0-9"}).status_code == 404


def test_an_unchanged_file_is_not_sent_again(page, pias, on_the_day):
    address = path(materials.deck(pias))
    etag = fetch(page, address).headers["ETag"]
    assert fetch(page, address, headers={"If-None-Match": etag}).status_code == 304


def test_pages_list_what_the_audience_may_read_in_running_order(olgas, pias, clock):
    sams = speaker(olgas, "sam@ens.example", "Sam Society")
    second, first = materials.deck(sams, materials.pdf(2)), materials.deck(pias)
    opens = olgas.starts_at - timedelta(hours=2)
    assert queries.decks_shown(olgas, opens - timedelta(seconds=1)) == ()
    assert queries.decks_shown(olgas, opens) == (
        queries.DeckRow("Pia Presenter", "Ten slides", first.size, 1, path(first)),
        queries.DeckRow("Sam Society", olgas.title, second.size, 2, path(second)),
    )


def test_the_desk_lists_what_is_missing_and_takes_slides_on_behalf(page, olgas, pias):
    page.sign_in(olga())
    address = f"/ens/sessions/{olgas.slug}/slides"
    assert "1 of 7 done" in page.get(address).text
    opened = page.get(address)
    done = opened.submit("/slides", speaker=str(pias.id), file=(materials.file(materials.pdf()), "talk.pdf"))
    assert "2 of 7 done" in done.text
    assert "Version 1 , " in done.text
    assert materials.current(pias).pages == 1


def test_the_desk_refuses_a_speaker_of_another_session(page, olgas, pias):
    page.sign_in(olga())
    stranger = speaker(session(olgas.society, title="Another evening"))
    opened = page.get(f"/ens/sessions/{olgas.slug}/slides")
    refused = opened.submit(
        "/slides", speaker=str(stranger.id), file=(materials.file(materials.pdf()), "talk.pdf")
    )
    assert (refused.status, refused.errors) == (422, ["Please choose one of the list."])
    assert queries.decks_of(stranger.id) == []


def test_the_desk_is_asked_who_owes_what(olgas, pias):
    owing = queries.missing_of(olgas, materials.ROOM, time.now())
    assert [(each.speaker_name, [item.code.value for item in each.items]) for each in owing] == [
        ("Pia Presenter", ["confirmed", "bio", "disclosures", "consent", "slides", "link_test"])
    ]
