"""What a speaker still owes and by when, who may read slides, when a reminder is due: pure decisions."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from webinar.sessions.rules.preflight import DISCLOSURE_HOLDS
from webinar.translatable import N_

DUE_BEFORE = timedelta(days=2)
"""Everything, slides too, is due so long before the start."""
ASKED_LATE = timedelta(days=1)
"""Who is asked with less time than this before the deadline has until the start."""
SHOWN_BEFORE = timedelta(hours=2)
"""Slides are open to the audience so long before the start."""
BACKSTAGE_BEFORE = timedelta(hours=24)
AFTERGLOW = timedelta(minutes=10)
"""How long after its end a session's room still counts as open, as for the audience."""
REMIND_BEFORE = (timedelta(days=7), timedelta(days=2))
"""How long before the deadline speakers with open items are reminded."""


class ItemCode(StrEnum):
    """The lines of the checklist, in the order of the page."""

    CONFIRMED = "confirmed"
    BIO = "bio"
    TITLE = "title"
    DISCLOSURES = "disclosures"
    CONSENT = "consent"
    SLIDES = "slides"
    LINK_TEST = "link_test"


class ItemState(StrEnum):
    """Blocked waits for somebody else; only due and overdue ones are left for the speaker."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Item:
    """One line: its state, the deadline (aware UTC) and, where needed, why, in plain English."""

    code: ItemCode
    state: ItemState
    due_at: datetime
    because: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the speaker can and should do something about it."""
        return self.state in (ItemState.DUE, ItemState.OVERDUE)


@dataclass(frozen=True, kw_only=True)
class TalkFacts:
    """What the checklist needs. `role` and `answer` are the stored words; instants aware UTC.

    `decks` counts slides that are not withdrawn; `room_is_set` says that the session has a room,
    `tested` that the speaker tried just that room.
    """

    role: str
    answer: str
    bio: str
    talk_title: str
    disclosed_at: datetime | None
    recording_consent: bool | None
    decks: int
    tested: bool
    room_is_set: bool
    starts_at: datetime
    asked_at: datetime | None


def checklist(facts: TalkFacts, now: datetime) -> tuple[Item, ...]:
    """The lines for one speaker at `now` (aware UTC); none for who has declined."""
    if facts.answer == "declined":
        return ()
    due_at = deadline(facts.starts_at, facts.asked_at)
    return tuple(_item(code, facts, due_at, now) for code in owed(facts.role))


def owed(role: str) -> tuple[ItemCode, ...]:
    """The lines that somebody of a role has: moderators and discussants bring no talk of their own."""
    own_talk = (ItemCode.TITLE, ItemCode.SLIDES)
    return tuple(code for code in ItemCode if role == "speaker" or code not in own_talk)


def open_items(items: Sequence[Item]) -> tuple[Item, ...]:
    """The lines that are left for the speaker to do."""
    return tuple(item for item in items if item.is_open)


def deadline(starts_at: datetime, asked_at: datetime | None) -> datetime:
    """When everything is due: two days before the start; at the start for who was asked too late."""
    due_at = starts_at - DUE_BEFORE
    return starts_at if asked_at is not None and asked_at > due_at - ASKED_LATE else due_at


def reminder_due(now: datetime, starts_at: datetime, asked_at: datetime | None) -> int | None:
    """Which reminder is due at `now`: 7 or 2 (days before the deadline), or None.

    A worker that was away catches up until the next reminder or the deadline; what lay before the
    invitation is left out, since the invitation itself said all.
    """
    due_at = deadline(starts_at, asked_at)
    if now >= due_at:
        return None
    begun = [before for before in REMIND_BEFORE if due_at - before <= now]
    if not begun or (asked_at is not None and asked_at > due_at - min(begun)):
        return None
    return min(begun).days


def shown_at(starts_at: datetime) -> datetime:
    """The instant from which everybody who sees the session may read its slides."""
    return starts_at - SHOWN_BEFORE


def is_shown(now: datetime, starts_at: datetime, *, cancelled: bool, declined: bool) -> bool:
    """Whether a speaker's newest slides are open to the audience at `now`."""
    return now >= shown_at(starts_at) and not cancelled and not declined


def backstage_open(now: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the speaker's page leads to the room: on the day, until shortly after the end."""
    return starts_at - BACKSTAGE_BEFORE <= now < ends_at + AFTERGLOW


def is_late(now: datetime, starts_at: datetime, asked_at: datetime | None) -> bool:
    """Whether slides that arrive at `now` missed the deadline, so that the organisers are told."""
    return now > deadline(starts_at, asked_at)


def download_name(name: str, version: int) -> str:
    """The file name of a download: the uploaded one, surely ending in .pdf, without unseen characters."""
    visible = "".join(letter for letter in name if unicodedata.category(letter) not in ("Cf", "Cc"))
    stem = visible.removesuffix(".pdf").removesuffix(".PDF").strip(" .") or "slides"
    return f"{stem} (v{version}).pdf" if version > 1 else f"{stem}.pdf"


def _item(code: ItemCode, facts: TalkFacts, due_at: datetime, now: datetime) -> Item:
    blocked = _blocked(code, facts)
    if blocked:
        return Item(code, ItemState.BLOCKED, due_at, blocked)
    if _done(code, facts, now):
        return Item(code, ItemState.DONE, due_at)
    because = "".join(_reasons(code, facts))
    return Item(code, ItemState.OVERDUE if now >= due_at else ItemState.DUE, due_at, because)


def _done(code: ItemCode, facts: TalkFacts, now: datetime) -> bool:
    disclosed = facts.disclosed_at is not None and now - facts.disclosed_at <= DISCLOSURE_HOLDS
    return {
        ItemCode.CONFIRMED: facts.answer == "confirmed",
        ItemCode.BIO: bool(facts.bio),
        ItemCode.TITLE: bool(facts.talk_title),
        ItemCode.DISCLOSURES: disclosed,
        ItemCode.CONSENT: facts.recording_consent is not None,
        ItemCode.SLIDES: facts.decks > 0,
        ItemCode.LINK_TEST: facts.tested,
    }[code]


def _blocked(code: ItemCode, facts: TalkFacts) -> str:
    if code is ItemCode.CONFIRMED and facts.answer == "other_time":
        return N_("The organiser is looking at the times that you gave.")
    if code is not ItemCode.LINK_TEST or facts.tested:
        return ""
    if not facts.room_is_set:
        return N_("The organiser has not set the room yet.")
    return "" if facts.answer == "confirmed" else N_("The room opens to you once you have confirmed.")


def _reasons(code: ItemCode, facts: TalkFacts) -> Iterator[str]:
    if code is ItemCode.DISCLOSURES and facts.disclosed_at is not None:
        yield N_("Your last declaration is older than 12 months.")
