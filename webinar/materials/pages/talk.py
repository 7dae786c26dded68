"""What the presenter's one page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from webinar.materials import queries, rules
from webinar.materials.models import Deck
from webinar.materials.pages.words import item_words, other_time, room_address
from webinar.materials.rules import Item, ItemCode, ItemState
from webinar.sessions.models import Answer, Disclosure, Session, Speaker, State
from webinar.sessions.pages import ANSWER_WORDS, slot_of
from webinar.timekeeping.wording import Showing
from webinar.web.moments import instant_day, shown

ANCHORS = {
    ItemCode.CONFIRMED: "#time",
    ItemCode.BIO: "#about",
    ItemCode.TITLE: "#about",
    ItemCode.DISCLOSURES: "#interests",
    ItemCode.CONSENT: "#recording-consent",
    ItemCode.SLIDES: "#slides",
    ItemCode.LINK_TEST: "#test",
}
KINDS = {
    ItemState.DONE: "ok",
    ItemState.DUE: "soon",
    ItemState.OVERDUE: "live",
    ItemState.BLOCKED: "ended",
}


@dataclass(frozen=True)
class ItemRow:
    """One line of the checklist: words, state in words, pill kind, where to do it, why blocked."""

    words: str
    state: str
    kind: str
    url: str
    because: str


@dataclass(frozen=True)
class VersionRow:
    """One version of the slides; `state` in words, `withdrawable` whether it can still be taken back."""

    version: int
    name: str
    size: int
    pages: int
    uploaded_at: datetime
    state: str
    kind: str
    public_id: str
    withdrawable: bool


@dataclass(frozen=True)
class OrderRow:
    """One talk of the running order."""

    at: datetime
    title: str
    more: str


@dataclass(frozen=True, kw_only=True)
class TalkPage:
    """The presenter's page. `phase` is open, declined, held or cancelled; instants aware UTC.

    `next_code` is the first line left to do, "" if there is none or if the room is what matters now;
    `nothing_until` the next instant at which there is something to do, while nothing is left. `room_url`
    is "" unless the speaker may be told; `backstage` says that it is the day."""

    title: str
    session_title: str
    society: str
    phase: str
    because: str
    slot: Showing
    other: Showing | None
    was: Showing | None
    zone_name: str
    rows: tuple[ItemRow, ...]
    next_code: str
    open_codes: tuple[str, ...]
    nothing_until: datetime | None
    waiting_for: tuple[str, ...]
    due_at: datetime
    answer: str
    answer_words: str
    answer_kind: str
    disclosure: str
    consent: str
    brings_slides: bool
    versions: tuple[VersionRow, ...]
    shown_at: datetime
    room_url: str
    room_is_set: bool
    tested: bool
    backstage: bool
    backstage_at: datetime
    order: tuple[OrderRow, ...]
    public_url: str


def talk_page(speaker: Speaker, session: Session, now: datetime) -> TalkPage:
    """The page of one speaker at `now`."""
    address = room_address(session)
    items = queries.checklist_of(speaker, session, address, now)
    left, slot = rules.open_items(items), slot_of(speaker, session)
    answer_kind, answer_words = ANSWER_WORDS[speaker.answer]
    backstage = rules.backstage_open(now, session.starts_at, session.ends_at)
    room_url = address if speaker.answer == Answer.CONFIRMED else ""
    return TalkPage(
        title=speaker.talk_title or session.title,
        session_title=session.title if speaker.talk_title else "",
        society=session.society.name,
        phase=_phase(speaker, session, now),
        because=session.cancelled_because,
        slot=shown(slot.starts_at, slot.ends_at, session.zone_name),
        other=other_time(session),
        was=_was(session, slot.starts_at, slot.ends_at),
        zone_name=session.zone_name,
        rows=tuple(_row(item, speaker) for item in items),
        next_code=left[0].code.value if left and not (backstage and room_url) else "",
        open_codes=tuple(item.code.value for item in left),
        nothing_until=_nothing_until(items, session, now),
        waiting_for=_waiting_for(items),
        due_at=rules.deadline(session.starts_at, speaker.invited_at),
        answer=speaker.answer.value,
        answer_words=_(answer_words),
        answer_kind=answer_kind,
        disclosure=_disclosure_words(speaker),
        consent=_consent_words(speaker),
        brings_slides=ItemCode.SLIDES in rules.owed(speaker.role.value),
        versions=version_rows(queries.decks_of(speaker.id), now, session),
        shown_at=rules.shown_at(session.starts_at),
        room_url=room_url,
        room_is_set=bool(address),
        tested=_is_tested(items),
        backstage=backstage,
        backstage_at=session.starts_at - rules.BACKSTAGE_BEFORE,
        order=_order(session),
        public_url=f"/s/{session.slug}" if session.published_at else "",
    )


def _waiting_for(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(_(item.because) for item in items if item.state is ItemState.BLOCKED)


def _is_tested(items: Sequence[Item]) -> bool:
    return any(item.code is ItemCode.LINK_TEST and item.state is ItemState.DONE for item in items)


def version_rows(decks: Sequence[Deck], now: datetime, session: Session) -> tuple[VersionRow, ...]:
    """Versions of slides, the newest first, each saying whether the audience sees it."""
    current = next((deck.id for deck in decks if deck.withdrawn_at is None), None)
    return tuple(
        _version_row(deck, deck.id == current, now >= rules.shown_at(session.starts_at)) for deck in decks
    )


def _phase(speaker: Speaker, session: Session, now: datetime) -> str:
    if session.state == State.CANCELLED:
        return "cancelled"
    if session.ends_at <= now:
        return "held"
    return "declined" if speaker.answer == Answer.DECLINED else "open"


def _was(session: Session, starts_at: datetime, ends_at: datetime) -> Showing | None:
    if session.struck_at is None:
        return None
    shift = session.struck_at - session.starts_at
    return shown(starts_at + shift, ends_at + shift, session.zone_name)


def _nothing_until(items: Sequence[Item], session: Session, now: datetime) -> datetime | None:
    backstage_at = session.starts_at - rules.BACKSTAGE_BEFORE
    if not items or rules.open_items(items) or now >= backstage_at:
        return None
    return backstage_at


def _row(item: Item, speaker: Speaker) -> ItemRow:
    day = instant_day(item.due_at)
    state = {
        ItemState.DONE: _("Done"),
        ItemState.DUE: _("Due %(day)s", day=day),
        ItemState.OVERDUE: _("Was due %(day)s, still open", day=day),
        ItemState.BLOCKED: _("Blocked"),
    }[item.state]
    told = {
        ItemCode.DISCLOSURES: _disclosure_words(speaker),
        ItemCode.CONSENT: _consent_words(speaker),
    }.get(item.code, "")
    words = f"{item_words(item)}: {told}" if told and item.state is ItemState.DONE else item_words(item)
    because = _(item.because) if item.because else ""
    return ItemRow(words, state, KINDS[item.state], ANCHORS[item.code], because)


def _disclosure_words(speaker: Speaker) -> str:
    if speaker.disclosure is None:
        return ""
    return _("none") if speaker.disclosure == Disclosure.NONE else _("listed")


def _consent_words(speaker: Speaker) -> str:
    if speaker.recording_consent is None:
        return ""
    return _("yes") if speaker.recording_consent else _("no")


def _version_row(deck: Deck, is_current: bool, is_shown: bool) -> VersionRow:
    if deck.withdrawn_at is not None:
        state, kind = _("Withdrawn"), "ended"
    elif not is_current:
        state, kind = _("Replaced by a newer version"), "ended"
    else:
        state, kind = (_("Shown"), "ok") if is_shown else (_("Current"), "ok")
    return VersionRow(
        version=deck.version,
        name=deck.name,
        size=deck.size,
        pages=deck.pages,
        uploaded_at=deck.uploaded_at,
        state=state,
        kind=kind,
        public_id=deck.public_id,
        withdrawable=deck.withdrawn_at is None,
    )


def _order(session: Session) -> tuple[OrderRow, ...]:
    talking = [each for each in session.speakers if each.answer != Answer.DECLINED]
    rows = (
        OrderRow(
            slot_of(each, session).starts_at,
            each.talk_title or each.name,
            each.name if each.talk_title else "",
        )
        for each in talking
    )
    return tuple(sorted(rows, key=lambda row: row.at))
