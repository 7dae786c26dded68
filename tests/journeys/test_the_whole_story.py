"""From "when?" to a certificate that can be checked, across the end of summer time, with and without script."""

import time
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests.journeys import story
from tests.journeys.served import served, text_of
from tests.journeys.story import ADA, NINA, START, WALT, Cast

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_society_takes_a_session_from_the_plan_to_the_certificate(
    chromium: Browser, tmp_path: Path, javascript: bool
) -> None:
    with served(tmp_path, starting_at=story.PLANNING) as running:
        cast = Cast.gathered(chromium, running, javascript=javascript)
        slug = _planned(cast, tmp_path)
        feed, etag = _registered(cast, slug)
        _moved(cast, slug, feed, etag)
        _reminded_and_joined(cast)
        _closed_and_certified(cast, slug, tmp_path)
        cast.leave()


def _planned(cast: Cast, folder: Path) -> str:
    story.found_society(cast.olga)
    story.invite_helpers(cast.olga, cast.sam, cast.pia)
    slug = story.draft_session(cast.olga)
    story.set_link(cast.olga, slug)
    story.ask_speaker(cast.olga, cast.pia, slug)
    story.answer_as_speaker(cast.pia, folder)
    cast.served.mailbox.wait_for(cast.pia.email, "Confirmed: your slot is 18:00–19:00 Berlin")
    story.publish(cast.olga, slug)
    cast.served.mailbox.wait_for(cast.olga.email, "Published: Flow diverters")
    return slug


def _registered(cast: Cast, slug: str) -> tuple[str, str]:
    mailbox = cast.served.mailbox
    story.register(cast.ada, slug, "Asia/Kathmandu", "NP")
    cast.ada.sees("You are registered", "21:45", "Kathmandu", "UTC+05:45")
    story.register(cast.nina, slug, "America/New_York", "US")
    story.register(cast.walt, slug, "Europe/Berlin", "DE", story.WAIT)
    cast.walt.sees("You are no. 1 on the waiting list")
    mailbox.wait_for(WALT, "Waiting list, place 1:")

    event = story.invitation_of(
        cast.served, ADA, "Registered: Flow diverters: when, and when not, Wed 21 Oct, 21:45"
    )
    assert event.start.astimezone(story.UTC) == story.FIRST_START
    mailbox.wait_for(NINA, "Registered: Flow diverters: when, and when not, Wed 21 Oct, 12:00 New York")

    story.register_again(cast.ada, slug)
    mailbox.wait_for(ADA, "Registered:", count=2)
    cast.olga.open(f"/ens/sessions/{slug}/people")
    assert cast.olga.page.locator("tbody tr").count() == 3

    story.raise_capacity(cast.olga, slug)
    story.take_seat(cast.walt)

    feed = story.feed_of(cast.served, ADA)
    first = story.read_feed(feed)
    assert first.status_code == 200
    assert story.read_feed(feed, first.headers["ETag"]).status_code == 304
    return feed, first.headers["ETag"]


def _moved(cast: Cast, slug: str, feed: str, etag: str) -> None:
    before = story.invitation_of(cast.served, ADA, "Registered:", count=2)
    story.move_session(cast.olga, slug)
    subject = "Moved: now Wed 28 Oct 22:45 (was Wed 21 Oct), Kathmandu"
    after = story.invitation_of(cast.served, ADA, subject)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.start.astimezone(story.UTC) == START
    assert "13:00" in text_of(cast.served.mailbox.wait_for(NINA, "Moved: now Wed 28 Oct 13:00"))

    changed = story.read_feed(feed, etag)
    assert changed.status_code == 200
    assert story.read_feed(feed, changed.headers["ETag"]).status_code == 304


def _reminded_and_joined(cast: Cast) -> None:
    running = cast.served
    story.look_at_join_link(cast.ada, "22:45")
    for minutes, subject in (
        (24 * 60 - 1, "Tomorrow 22:45 (Kathmandu)"),
        (59, "In 1 hour: 22:45 (Kathmandu)"),
        (14, "Doors open: 22:45 (Kathmandu)"),
    ):
        running.move_clock_to(START - timedelta(minutes=minutes))
        for address in (ADA, NINA, WALT):
            running.mailbox.wait_for(address, subject.split()[0])
        running.mailbox.wait_for(ADA, subject)
    running.move_clock_to(START + timedelta(minutes=2))
    story.join_from_mail(cast.ada, "Doors open")
    story.join_from_mail(cast.nina, "Doors open")
    running.move_clock_to(START + timedelta(minutes=7))
    story.join_from_mail(cast.ada, "Doors open")
    time.sleep(2)  # three sweeps, in which nobody may be reminded again
    for address, hour, city in (
        (ADA, "22:45", "Kathmandu"),
        (NINA, "13:00", "New York"),
        (WALT, "18:00", "Berlin"),
    ):
        assert story.reminders_of(running, address) == [
            f"{when} {hour} ({city}): {story.TITLE}" for when in ("Tomorrow", "In 1 hour:", "Doors open:")
        ]


def _closed_and_certified(cast: Cast, slug: str, folder: Path) -> None:
    cast.served.move_clock_to(story.END + timedelta(hours=1))
    story.look_at_join_link(cast.ada, "This session has ended.")
    story.sign_in(cast.olga, "/ens/desk", count=2)
    story.add_report(cast.olga, slug, folder)
    assert story.press_on_record(cast.olga, "Ada Adhikari") == "Wed 28 Oct 2026, 18:02"
    story.review(cast.olga)
    story.close_books(cast.olga, slug)

    certificate = pypdfium2.PdfDocument(story.open_certificate(cast.ada))
    words = certificate[0].get_textpage().get_text_range()
    assert "Ada Adhikari" in words
    cast.served.mailbox.wait_for(NINA, "Your certificate for")

    rows = story.export(cast.olga, slug)
    assert {email: row["minutes_present"] for email, row in rows.items()} == {
        ADA: "55",
        NINA: "50",
        WALT: "0",
    }
    assert {email: row["credit_claimed"] for email, row in rows.items()} == {
        ADA: "1.00",
        NINA: "0.75",
        WALT: "",
    }
