"""Taking slides in, taking them back, and noting that a speaker tried the room."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import select

from webinar.audit import service as audit
from webinar.config import settings
from webinar.db.store import store
from webinar.files.storage import new_key, storage
from webinar.files.upload import Upload, receive
from webinar.materials import queries
from webinar.materials.facts import SlidesUploaded, SlidesWithdrawn
from webinar.materials.formats.pdf import count_pages
from webinar.materials.models import Deck, LinkTest
from webinar.materials.rules import is_late
from webinar.outbox import service as outbox
from webinar.refusal import Invalid, Refusal
from webinar.sessions import queries as sessions
from webinar.sessions.models import Session, Speaker, State
from webinar.timekeeping import clock

MOST_VERSIONS = 50


class NoMoreSlides(Refusal):
    """The session was cancelled, or this speaker has uploaded very often."""


class NoRoomYet(Refusal):
    """There is no room to test."""


@dataclass(frozen=True)
class Slides:
    """Examined slides: the received file and its number of pages."""

    upload: Upload
    pages: int


def check_open(speaker: Speaker) -> None:
    """Whether slides of this speaker are still wanted; asked before a file is read. Raises NoMoreSlides."""
    if sessions.session_of_id(speaker.session_id).state == State.CANCELLED:
        raise NoMoreSlides("This session was cancelled, so slides are not needed any more. Thank you.")
    if len(queries.decks_of(speaker.id)) >= MOST_VERSIONS:
        raise NoMoreSlides(
            "There are %(most)s versions already. Please write to the organiser.", most=MOST_VERSIONS
        )


@contextmanager
def examined(stream: BinaryIO, name: str | None) -> Iterator[Slides]:
    """A file, read and found to be one readable PDF; slow, so never inside a transaction.

    Gone again at the end. Raises Invalid (field "file").
    """
    try:
        upload = receive(stream, name, most_bytes=settings().upload_max_bytes)
    except Invalid as refusal:
        raise Invalid(refusal.words, "file", **refusal.values) from refusal
    with upload.content:
        yield Slides(upload, count_pages(upload.content))


@contextmanager
def laid_down(slides: Slides) -> Iterator[str]:
    """The slides' bytes under a fresh key, which is given; gone again unless a deck came to hold them."""
    key = new_key("slides")
    slides.upload.content.seek(0)
    storage().put(key, slides.upload.content)
    try:
        yield key
    finally:
        if not queries.is_held(key):
            storage().delete(key)


def keep(speaker: Speaker, slides: Slides, key: str, *, actor_id: int | None) -> tuple[Deck, bool]:
    """A new version of a speaker's slides, laid down under `key`; the same file twice changes nothing.

    The deck, and whether it is new. `actor_id` is who uploads, for the audit log. Raises NoMoreSlides.
    """
    # Two uploads at once would take the same number: the second waits here.
    store.execute(select(Speaker.id).where(Speaker.id == speaker.id).with_for_update())
    check_open(speaker)
    current = queries.current_deck(speaker.id)
    if current is not None and current.sha256 == slides.upload.sha256:
        return current, False
    session = sessions.session_of_id(speaker.session_id)
    deck = _deck(speaker, slides, key)
    store.add(deck)
    store.flush()
    _record("slides.uploaded", deck, session, actor_id)
    late = is_late(deck.uploaded_at, session.starts_at, speaker.invited_at)
    outbox.tell(SlidesUploaded(deck.id, late))
    return deck, True


def withdraw(speaker: Speaker, public_id: str) -> None:
    """Take one version back; the next older one, if there is one, is shown again. Harmless twice."""
    deck = queries.own_deck(speaker, public_id)
    if deck.withdrawn_at is not None:
        return
    deck.withdrawn_at = clock.now()
    _record("slides.withdrawn", deck, deck.session, speaker.person_id)
    outbox.tell(SlidesWithdrawn(deck.id))
    store.flush()


def note_test(speaker: Speaker, room_address: str) -> None:
    """A speaker was in the room at `room_address` and all worked. Raises NoRoomYet."""
    if not room_address:
        raise NoRoomYet("The organiser has not set the room yet. Please come back later.")
    test = queries.link_test(speaker.id)
    if test is None:
        test = LinkTest(speaker_id=speaker.id)
        store.add(test)
    test.address, test.tested_at = room_address, clock.now()
    store.flush()


def _deck(speaker: Speaker, slides: Slides, key: str) -> Deck:
    latest = queries.decks_of(speaker.id)
    upload = slides.upload
    return Deck(
        session_id=speaker.session_id,
        speaker_id=speaker.id,
        public_id=secrets.token_urlsafe(16),
        version=latest[0].version + 1 if latest else 1,
        storage_key=key,
        name=upload.name,
        size=upload.size,
        sha256=upload.sha256,
        pages=slides.pages,
        uploaded_at=clock.now(),
    )


def _record(action: str, deck: Deck, session: Session, actor_id: int | None) -> None:
    audit.record(
        action,
        "deck",
        deck.id,
        actor_id=actor_id,
        society_id=session.society_id,
        detail={"session": session.id, "speaker": deck.speaker_id, "version": deck.version},
    )
