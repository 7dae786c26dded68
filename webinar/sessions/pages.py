"""What the pages of sessions show."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import pgettext

from webinar.sessions import queries
from webinar.sessions.models import Answer, Session, Speaker, SpeakerRole, State
from webinar.sessions.rules.question import read_questions
from webinar.sessions.rules.rhythm import notices
from webinar.sessions.rules.slot import Slot, slots
from webinar.sessions.rules.words import HOUR_WORDS, ROLE_WORDS
from webinar.sessions.service.draft import Draft
from webinar.sessions.service.series import SeriesPlan, clashes, dates_of
from webinar.societies.models import Society
from webinar.timekeeping.wording import Showing
from webinar.translatable import N_
from webinar.web.moments import shown

ANSWER_WORDS = {
    Answer.WAITING: ("soon", N_("No answer yet")),
    Answer.CONFIRMED: ("ok", N_("Confirmed")),
    Answer.OTHER_TIME: ("soon", N_("Asks for another time")),
    Answer.DECLINED: ("ended", N_("Declined")),
}
PER_HOUR = {"time", "link", "people", "mails", "attendance"}  # each live hour has its own
FIELD_WORDS = {
    "title": "Title",
    "kind": "Kind",
    "abstract": "Abstract",
    "objectives": "Learning objectives",
    "topic": "Topic",
    "locale": "Language spoken",
    "capacity": "Seats",
    "questions": "Questions",
    "credit_scheme": "Credit",
}


@dataclass(frozen=True)
class Head:
    """What stands above each desk page; `hours` where each of two has one: words, address or "", time."""

    society_slug: str
    slug: str
    title: str
    kind: str
    series: str
    series_url: str
    state: str
    state_kind: str
    is_draft: bool
    is_over: bool
    public_url: str
    cancel_url: str
    showing: Showing
    zone_name: str
    here: str
    hour: int | None
    window: Showing | None
    hours: tuple[tuple[str, str, Showing], ...]


@dataclass(frozen=True)
class SpeakerRow:
    """One speaker on the edit page."""

    speaker_id: int
    name: str
    email: str
    role: str
    talk: str
    state: str
    state_kind: str
    note: str
    missing: tuple[str, ...]
    first: bool
    last: bool


@dataclass(frozen=True)
class SeriesPreview:
    """The dates that a plan gives, what to know about them, and sessions at the same time."""

    starts: tuple[Showing, ...]
    zone_name: str
    notices: tuple[str, ...]
    clashes: tuple[str, ...]


def desk_path(society_slug: str, session_slug: str, leaf: str) -> str:
    """The path of a session's desk page, some of which belong to later rooms."""
    return f"/{society_slug}/sessions/{session_slug}/{leaf}"


def head(session: Session, here: str, now: datetime) -> Head:
    """The head of the desk page `here` (edit, time, link, check, …)."""
    is_held = (session if here in PER_HOUR else queries.hours_of(session)[-1]).ends_at <= now
    society_slug, slug, (state, state_kind) = session.society.slug, session.slug, _state(session, is_held)
    return Head(
        society_slug=society_slug,
        slug=slug,
        title=session.title,
        kind=session.kind.value,
        series=_series_words(session.lead),
        series_url=f"/{society_slug}/series/{session.lead.series.slug}/edit" if session.lead.series else "",
        state=state,
        state_kind=state_kind,
        is_draft=session.state == State.DRAFT,
        is_over=session.state == State.CANCELLED or (session.state == State.PUBLISHED and is_held),
        public_url=f"/s/{slug}" if session.published_at else "",
        cancel_url=desk_path(society_slug, slug, "cancel"),
        showing=shown(session.starts_at, session.ends_at, session.zone_name),
        zone_name=session.zone_name,
        here=here,
        hour=session.hour,
        window=_window(session.lead),
        hours=_hours(session, here) if here in PER_HOUR else (),
    )


def hour_words(session: Session) -> str:
    """ "First live hour" or "Second live hour"; "" where there is one only."""
    return _(HOUR_WORDS[session.hour]) if session.hour else ""


def hour_title(session: Session) -> str:
    """The title, with the live hour behind it where there are two."""
    return f"{session.title} ({hour_words(session)})" if session.hour else session.title


def _window(lead: Session) -> Showing | None:
    opens, closes = lead.window_opens_at, lead.window_closes_at
    return shown(opens, closes, lead.zone_name) if opens and closes else None


def _hours(session: Session, here: str) -> tuple[tuple[str, str, Showing], ...]:
    found = []
    for hour in queries.hours_of(session) if session.hour else ():
        url = "" if hour is session else desk_path(session.society.slug, hour.slug, here)
        found.append((hour_words(hour), url, shown(hour.starts_at, hour.ends_at, hour.zone_name)))
    return tuple(found)


def speaker_rows(speakers: Sequence[Speaker]) -> tuple[SpeakerRow, ...]:
    """The speakers of a session in running order."""
    return tuple(_speaker_row(speaker, number, len(speakers)) for number, speaker in enumerate(speakers))


def words_of(session: Session) -> Draft:
    """What a session is about, as it stands."""
    return Draft(
        title=session.title,
        kind=session.kind,
        abstract=session.abstract,
        objectives=tuple(session.objectives),
        topic=session.topic,
        locale=session.locale,
        capacity=session.capacity,
        questions=read_questions(session.questions),
        credit_scheme=session.credit_scheme,
    )


def differences(typed: Draft, saved: Draft) -> tuple[tuple[str, str], ...]:
    """Field and saved words, wherever the saved session differs from what was typed."""
    names = [each.name for each in fields(Draft)]
    differing = [name for name in names if getattr(saved, name) != getattr(typed, name)]
    return tuple((_(FIELD_WORDS[name]), _plain(getattr(saved, name))) for name in differing)


def series_preview(society: Society, plan: SeriesPlan) -> SeriesPreview:
    """What creating the series would give. Raises Invalid."""
    _rule, found = dates_of(plan)
    return SeriesPreview(
        starts=tuple(shown(each.start_at, each.end_at, each.zone_name) for each in found),
        zone_name=found[0].zone_name,
        notices=notices(found),
        clashes=tuple(session.title for session in clashes(society, found)),
    )


def _plain(value: object) -> str:
    if isinstance(value, tuple) and value:
        return "; ".join(str(getattr(each, "label", each)) for each in value)
    return "–" if value in (None, "", ()) else str(value)


def _state(session: Session, is_held: bool) -> tuple[str, str]:
    if session.state == State.CANCELLED:
        return _("Cancelled"), "ended"
    if session.state == State.DRAFT:
        return _("Draft: only your team sees it"), "soon"
    if is_held:
        return pgettext("sessions", "Held"), "ended"
    return _("Published"), "ok"


def _series_words(session: Session) -> str:
    if session.series is None:
        return ""
    return _(
        "%(series)s, %(number)s of %(all)s",
        series=session.series.title,
        number=session.series_number,
        all=queries.series_length(session.series.id),
    )


def _speaker_row(speaker: Speaker, number: int, count: int) -> SpeakerRow:
    kind, words = ANSWER_WORDS[speaker.answer]
    minutes = _("%(minutes)s min", minutes=speaker.talk_minutes) if speaker.talk_minutes else ""
    return SpeakerRow(
        speaker_id=speaker.id,
        name=speaker.name,
        email=speaker.email,
        role=_(ROLE_WORDS[speaker.role.value]),
        talk=" · ".join(filter(None, [speaker.talk_title, minutes])),
        state=_(words),
        state_kind=kind,
        note=speaker.answer_note,
        missing=tuple(_missing(speaker)),
        first=number == 0,
        last=number == count - 1,
    )


def _missing(speaker: Speaker) -> list[str]:
    found = {
        _("biography"): not speaker.bio,
        _("disclosure"): speaker.disclosure is None,
        _("answer about the recording"): speaker.recording_consent is None,
    }
    return [words for words, is_missing in found.items() if is_missing]


def slot_of(speaker: Speaker, session: Session) -> Slot:
    """The part of the session that is a speaker's; all of it for moderators."""
    talking = [
        each
        for each in session.lead.speakers
        if each.role != SpeakerRole.MODERATOR and each.answer != Answer.DECLINED
    ]
    found = slots(session.starts_at, session.ends_at, [each.talk_minutes for each in talking])
    by_id = {each.id: slot for each, slot in zip(talking, found, strict=True)}
    return by_id.get(speaker.id, Slot(session.starts_at, session.ends_at))
