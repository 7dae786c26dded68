"""One session's public page: what it is, when, how to get in, who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _

from webinar.lobby.pages import structured
from webinar.lobby.pages.hours import Hour, Kinder, Talking, hour_list, kinder, talking
from webinar.lobby.pages.row import Mark, series_words
from webinar.materials.queries import DeckRow
from webinar.sessions.models import Answer, Disclosure, Session, Speaker, SpeakerRole, State
from webinar.sessions.rules.credit_schemes import CREDIT_SCHEMES
from webinar.sessions.rules.slot import Slot, slots
from webinar.sessions.rules.stage import Place, Stage, StageInput, stage
from webinar.sessions.rules.words import ROLE_WORDS
from webinar.timekeeping.wording import Showing, showing
from webinar.web.languages import isolated
from webinar.web.moments import shown, world_text
from webinar.web.sizes import length


@dataclass(frozen=True)
class Talk:
    """One line of the running order, for components/list.html; `at` aware UTC."""

    at: datetime
    title: str
    more: str


@dataclass(frozen=True)
class Voice:
    """A speaker who accepted: role in words, what they declared."""

    name: str
    role: str
    affiliation: str
    bio: str
    declared: str


@dataclass(frozen=True)
class Action:
    """What the one card says: the stage and what its words need."""

    stage: str
    because: str
    recording_url: str


@dataclass(frozen=True)
class Page:
    """Everything of the page. `was` is the start before a move, `way_out` what to do where it is night.

    Of two live hours the page is about one (`hour`); `hours` lists both.
    """

    slug: str
    title: str
    kind: str
    series: str
    series_url: str
    hour: int | None
    hours: tuple[Hour, ...]
    kinder: Kinder | None
    talking: Talking | None
    locale: str
    showing: Showing
    was: Showing | None
    zone_name: str
    is_ahead: bool
    way_out: str
    abstract: str
    objectives: tuple[str, ...]
    marks: tuple[Mark, ...]
    talks: tuple[Talk, ...]
    voices: tuple[Voice, ...]
    slides: tuple[DeckRow, ...]
    has_phone: bool
    action: Action
    preview: str
    summary: str
    event: dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What the page needs beside the session itself."""

    full: bool
    decks: Sequence[DeckRow]
    series_length: int
    has_phone: bool


def session_page(session: Session, known: Known, now: datetime) -> Page:
    """The page of a public session at `now` (aware UTC), about the live hour `session` of it."""
    lead = session.lead
    seen = shown(session.starts_at, session.ends_at, lead.zone_name)
    better = kinder(session, now)
    return Page(
        slug=lead.slug,
        title=lead.title,
        kind=lead.kind.value,
        series=series_words(lead, {lead.series_id or 0: known.series_length}),
        series_url=f"/{lead.society.slug}/series/{lead.series.slug}" if lead.series else "",
        hour=session.hour,
        hours=hour_list(session, now),
        kinder=better,
        talking=talking(session, now),
        locale=session.locale.replace("_", "-"),
        showing=seen,
        was=was_showing(session, seen, now),
        zone_name=session.zone_name,
        is_ahead=now < session.ends_at,
        way_out=(better.sentence if better else way_out(lead)) if now < session.starts_at else "",
        abstract=session.abstract,
        objectives=tuple(session.objectives),
        marks=_marks(session, now),
        talks=talks(session),
        voices=voices(lead),
        slides=tuple(known.decks),
        has_phone=known.has_phone,
        action=_action(session, now, full=known.full),
        preview=world_text(session.starts_at, session.zone_name),
        summary=structured.summary(session),
        event=structured.event(lead, full=known.full),
    )


def stage_of(session: Session, place: Place, now: datetime, *, full: bool = False) -> Stage:
    """The stage of a session for somebody who holds `place`."""
    return stage(
        StageInput(
            now=now,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            place=place,
            full=full,
            cancelled=session.state == State.CANCELLED,
            recorded=bool(safe_url(session.recording_url)),
            never_recorded=bool(session.recording_note),
        )
    )


def was_showing(session: Session, seen: Showing, now: datetime) -> Showing | None:
    """The time people were last told, until the session is over; None where it was never moved."""
    struck_at = session.struck_at
    if struck_at is None or now >= session.ends_at:
        return None
    return showing(struck_at, struck_at + timedelta(minutes=session.minutes), seen.zone_name, now=now)


def way_out(session: Session) -> str:
    """What to do for whom the session is at night."""
    refused = any(speaker.recording_consent is False for speaker in session.speakers)
    if refused or session.recording_note:
        return _("It will not be recorded; the slides are shown on this page.")
    return _("If you sleep through it, the recording is shown on this page, where speakers agree.")


def safe_url(stored: str) -> str:
    """A stored link if it leads to http or https, else "" (S4)."""
    try:
        return stored if urlsplit(stored).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def talks(session: Session) -> tuple[Talk, ...]:
    """The running order, of all who have not declined; names only of those who accepted."""
    asked = [speaker for speaker in session.lead.speakers if speaker.answer != Answer.DECLINED]
    times = slots(session.starts_at, session.ends_at, [speaker.talk_minutes for speaker in asked])
    if not any(speaker.talk_title for speaker in asked):
        return ()
    return tuple(
        Talk(slot.starts_at, speaker.talk_title or _untitled(speaker), _talk_more(speaker, slot))
        for speaker, slot in zip(asked, times, strict=True)
    )


def voices(session: Session) -> tuple[Voice, ...]:
    """Everybody who accepted, in order."""
    return tuple(
        Voice(
            speaker.name,
            _(ROLE_WORDS[speaker.role.value]),
            speaker.affiliation,
            speaker.bio,
            declared(speaker),
        )
        for speaker in session.speakers
        if speaker.answer == Answer.CONFIRMED
    )


def declared(speaker: Speaker) -> str:
    """What a speaker disclosed, in words."""
    if speaker.disclosure is Disclosure.NONE:
        return _("No conflicts of interest declared.")
    if speaker.disclosure is Disclosure.LISTED:
        return _("Declared: %(text)s", text=speaker.disclosure_text)
    return _("Interests not declared yet.")


def _talk_more(speaker: Speaker, slot: Slot) -> str:
    lasts = length(slot.ends_at - slot.starts_at)
    if speaker.answer != Answer.CONFIRMED:
        return " · ".join((_("Speaker to be confirmed"), lasts))
    more = [isolated(speaker.name), lasts]
    if speaker.disclosure is Disclosure.NONE:
        more.append(_("no conflicts declared"))
    return " · ".join(more)


def _untitled(speaker: Speaker) -> str:
    return _("Moderation and questions") if speaker.role is SpeakerRole.MODERATOR else _("Talk")


def _marks(session: Session, now: datetime) -> tuple[Mark, ...]:
    credit = dict(CREDIT_SCHEMES).get(session.credit_scheme or "")
    marks = [Mark(_("Free"), "ok"), *([Mark(_(credit), "info")] if credit else [])]
    return (
        (*marks, Mark(_("Live now"), "live")) if session.starts_at <= now < session.ends_at else tuple(marks)
    )


def _action(session: Session, now: datetime, *, full: bool) -> Action:
    found = stage_of(session, Place.NONE, now, full=full)
    return Action(
        stage=found.value,
        because=session.cancelled_because if found is Stage.CANCELLED else session.recording_note,
        recording_url=safe_url(session.recording_url),
    )
