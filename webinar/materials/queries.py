"""Reading slides, and what speakers still owe."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from webinar.accounts.models import Person
from webinar.db.store import store
from webinar.materials import rules
from webinar.materials.models import Deck, LinkTest
from webinar.materials.rules import Item, TalkFacts
from webinar.refusal import Missing
from webinar.sessions import queries as sessions
from webinar.sessions.models import Answer, Session, Speaker, State
from webinar.societies.models import Role
from webinar.societies.queries import holds

FURTHEST = max(rules.REMIND_BEFORE) + rules.DUE_BEFORE
"""A reminder lies at most so long before the start."""


@dataclass(frozen=True)
class DeckRow:
    """Slides that the audience may read: `size` in bytes, `url` a path on our origin."""

    speaker_name: str
    title: str
    size: int
    pages: int
    url: str


@dataclass(frozen=True)
class Owing:
    """A speaker with the lines of the checklist that are not done, blocked ones too."""

    speaker_id: int
    speaker_name: str
    items: tuple[Item, ...]


def decks_of(speaker_id: int) -> Sequence[Deck]:
    """All versions of a speaker's slides, withdrawn ones too, the newest first."""
    return store.scalars(
        select(Deck).where(Deck.speaker_id == speaker_id).order_by(Deck.version.desc())
    ).all()


def current_deck(speaker_id: int) -> Deck | None:
    """A speaker's newest slides that were not withdrawn: the ones that are shown."""
    return next((deck for deck in decks_of(speaker_id) if deck.withdrawn_at is None), None)


def current_decks(session_id: int) -> Mapping[int, Deck]:
    """The current slides of a session's speakers by speaker id, in one question."""
    kept = (
        select(Deck).where(Deck.session_id == session_id, Deck.withdrawn_at.is_(None)).order_by(Deck.version)
    )
    return {deck.speaker_id: deck for deck in store.scalars(kept)}


def decks_shown(session: Session, now: datetime) -> tuple[DeckRow, ...]:
    """Slides open to the audience at `now` (aware UTC), in running order; none before 2 h to the start."""
    if not rules.is_shown(now, session.starts_at, cancelled=session.state == State.CANCELLED, declined=False):
        return ()
    decks = current_decks(session.id)
    return tuple(
        deck_row(session, speaker, decks[speaker.id])
        for speaker in session.speakers
        if speaker.id in decks and speaker.answer != Answer.DECLINED
    )


def deck_row(session: Session, speaker: Speaker, deck: Deck) -> DeckRow:
    """One deck as pages and mails list it."""
    return DeckRow(
        speaker_name=speaker.name,
        title=speaker.talk_title or session.title,
        size=deck.size,
        pages=deck.pages,
        url=f"/s/{session.slug}/slides/{deck.public_id}",
    )


def readable(person: Person | None, session_slug: str, public_id: str, now: datetime) -> Deck:
    """The deck of an address, if `person` (None: a stranger) may read it at `now`. Raises Missing.

    Organisers and the speaker always may; others from two hours before the start, and only the newest.
    """
    session = sessions.visible_to(person, session_slug)
    deck = _of_address(Deck.session_id == session.id, public_id)
    if person is not None and _is_at_home(person, session, deck):
        return deck
    shown = rules.is_shown(
        now,
        session.starts_at,
        cancelled=session.state == State.CANCELLED,
        declined=deck.speaker.answer == Answer.DECLINED,
    )
    if not shown or current_deck(deck.speaker_id) is not deck:
        raise Missing
    return deck


def own_deck(speaker: Speaker, public_id: str) -> Deck:
    """A speaker's own deck and nobody else's. Raises Missing."""
    return _of_address(Deck.speaker_id == speaker.id, public_id)


def is_held(storage_key: str) -> bool:
    """Whether some deck rests under a storage key."""
    return store.scalar(select(Deck.id).where(Deck.storage_key == storage_key)) is not None


def deck_of_id(deck_id: int) -> Deck | None:
    """The deck of an id that a fact carries."""
    return store.get(Deck, deck_id)


def link_test(speaker_id: int) -> LinkTest | None:
    """The last test of a speaker."""
    return store.get(LinkTest, speaker_id)


def checklist_of(speaker: Speaker, session: Session, room_address: str, now: datetime) -> tuple[Item, ...]:
    """What one speaker has done and owes; `room_address` "" while the session has no room."""
    return checklists(session, (speaker,), room_address, now)[speaker.id]


def checklists(
    session: Session, speakers: Collection[Speaker], room_address: str, now: datetime
) -> dict[int, tuple[Item, ...]]:
    """The checklists of several speakers of a session by speaker id, in two questions."""
    ids = [speaker.id for speaker in speakers]
    counted = (
        select(Deck.speaker_id, func.count())
        .where(Deck.speaker_id.in_(ids), Deck.withdrawn_at.is_(None))
        .group_by(Deck.speaker_id)
    )
    decks = {row[0]: row[1] for row in store.execute(counted)}
    tests = store.scalars(select(LinkTest).where(LinkTest.speaker_id.in_(ids)))
    tested = {test.speaker_id for test in tests if room_address and test.address == room_address}
    return {
        speaker.id: rules.checklist(
            TalkFacts(
                role=speaker.role.value,
                answer=speaker.answer.value,
                bio=speaker.bio,
                talk_title=speaker.talk_title,
                disclosed_at=speaker.disclosed_at,
                recording_consent=speaker.recording_consent,
                decks=decks.get(speaker.id, 0),
                tested=speaker.id in tested,
                room_is_set=bool(room_address),
                starts_at=session.starts_at,
                asked_at=speaker.invited_at,
            ),
            now,
        )
        for speaker in speakers
    }


def missing_of(session: Session, room_address: str, now: datetime) -> tuple[Owing, ...]:
    """Who still owes what, in running order; who has everything or declined is left out."""
    lists = checklists(session, session.speakers, room_address, now)
    owing = (
        Owing(
            speaker.id,
            speaker.name,
            tuple(item for item in lists[speaker.id] if item.state is not rules.ItemState.DONE),
        )
        for speaker in session.speakers
    )
    return tuple(each for each in owing if each.items)


def due_for_reminder(now: datetime) -> Sequence[tuple[Session, Speaker]]:
    """Speakers of sessions so near that a reminder may be due; not the declined or cancelled ones."""
    rows = store.execute(
        select(Session, Speaker)
        .join(Speaker, Speaker.session_id == Session.id)
        .where(
            Session.state != State.CANCELLED,
            Session.starts_at > now,
            Session.starts_at <= now + FURTHEST,
            Speaker.answer != Answer.DECLINED,
        )
        .order_by(Session.starts_at, Speaker.id)
    )
    return [(session, speaker) for session, speaker in rows]


def _of_address(mine: ColumnElement[bool], public_id: str) -> Deck:
    deck = store.scalar(select(Deck).where(mine, Deck.public_id == public_id))
    if deck is None:
        raise Missing
    return deck


def _is_at_home(person: Person, session: Session, deck: Deck) -> bool:
    return deck.speaker.person_id == person.id or holds(person, session.society_id, Role.ORGANISER)
