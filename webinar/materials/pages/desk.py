"""What the desk's page of slides shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from webinar.materials import queries
from webinar.materials.models import Deck
from webinar.materials.pages.words import item_words, room_address
from webinar.materials.rules import Item, ItemState
from webinar.sessions.models import Session, Speaker
from webinar.sessions.pages import ANSWER_WORDS


@dataclass(frozen=True)
class DeskRow:
    """One speaker on the desk's page: what is done, what is missing, and the current slides."""

    speaker_id: int
    name: str
    answer: str
    answer_kind: str
    done: str
    missing: tuple[str, ...]
    deck: queries.DeckRow | None
    version: int


def desk_rows(session: Session, now: datetime) -> tuple[DeskRow, ...]:
    """The speakers of a session with what they have done, in running order."""
    address = room_address(session)
    lists = queries.checklists(session, session.speakers, address, now)
    decks = queries.current_decks(session.id)
    return tuple(
        _desk_row(session, speaker, lists[speaker.id], decks.get(speaker.id)) for speaker in session.speakers
    )


def _desk_row(session: Session, speaker: Speaker, items: Sequence[Item], deck: Deck | None) -> DeskRow:
    kind, words = ANSWER_WORDS[speaker.answer]
    done = sum(item.state is ItemState.DONE for item in items)
    return DeskRow(
        speaker_id=speaker.id,
        name=speaker.name,
        answer=_(words),
        answer_kind=kind,
        done=_("%(done)s of %(all)s done", done=done, all=len(items)) if items else "",
        missing=tuple(item_words(item) for item in items if item.state is not ItemState.DONE),
        deck=queries.deck_row(session, speaker, deck) if deck else None,
        version=deck.version if deck else 0,
    )
