"""Pre-flight: what is done, what is advised and what still forbids publishing (product 3.1, step 7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from webinar.sessions.rules.start import LONG_MINUTES
from webinar.sessions.rules.window import window_advice

DISCLOSURE_HOLDS = timedelta(days=365)
"""An older declaration of interests must be given again (product 4.2)."""


class CheckState(StrEnum):
    """How a check ended; only blockers forbid publishing."""

    DONE = "done"
    ADVICE = "advice"
    BLOCKER = "blocker"


@dataclass(frozen=True)
class Check:
    """One line of the list: a stable code, how it ended, and a plain English sentence."""

    code: str
    state: CheckState
    sentence: str


@dataclass(frozen=True)
class SpeakerFacts:
    """What the list needs of one speaker. `answer` is the stored word; `disclosed_at` aware UTC."""

    name: str
    answer: str
    disclosed_at: datetime | None
    recording_consent: bool | None


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """What the list needs of a session; `starts_at` aware UTC, `credit` whether credit is asked for.

    `second_at` is the start of a second live hour, `window` from when to when its discussion is open; aware
    UTC, None where there is none.

    `has_link` and `decks` belong to later rooms: None leaves their lines out.
    """

    starts_at: datetime
    minutes: int
    abstract: str
    objectives: int
    credit: bool
    speakers: Sequence[SpeakerFacts]
    second_at: datetime | None = None
    window: tuple[datetime, datetime] | None = None
    has_link: bool | None = None
    decks: int | None = None


def preflight(facts: SessionFacts, now: datetime) -> tuple[Check, ...]:
    """The list for a draft at `now` (aware UTC), in the order of the page."""
    return tuple(_checks(facts, now))


def blockers(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks that forbid publishing."""
    return tuple(check for check in checks if check.state is CheckState.BLOCKER)


def _checks(facts: SessionFacts, now: datetime) -> Iterator[Check]:
    yield _time(facts, now)
    yield _length(facts)
    if facts.window is not None:
        advice = window_advice(*facts.window)
        yield _said(advice is None, "window", "The discussion is open for two to seven days.", advice or "")
    yield _said(bool(facts.abstract), "abstract", "There is an abstract.", _NO_ABSTRACT)
    yield _said(facts.objectives > 0, "objectives", "There are learning objectives.", _NO_OBJECTIVE)
    yield from _speakers(facts, now)
    if facts.has_link is not None:
        yield _said(facts.has_link, "link", "The join link is set.", _NO_LINK)
    if facts.decks is not None:
        yield _said(facts.decks > 0, "slides", "Slides are uploaded.", _NO_SLIDES)


_NO_ABSTRACT = "There is no abstract. Two sentences help people decide."
_NO_OBJECTIVE = "There is no learning objective, so no credit can be requested."
_NO_LINK = "There is no join link yet. People already get their permanent link; add the room before the day."
_NO_SLIDES = "No slides yet. Speakers can upload them until the session starts."


def _said(done: bool, code: str, yes: str, no: str) -> Check:
    return Check(code, CheckState.DONE, yes) if done else Check(code, CheckState.ADVICE, no)


def _time(facts: SessionFacts, now: datetime) -> Check:
    if facts.starts_at <= now:
        return Check("time", CheckState.BLOCKER, "The start lies in the past. Choose a new time.")
    if facts.second_at is not None:
        return Check("time", CheckState.DONE, "Both live hours lie ahead.")
    return Check("time", CheckState.DONE, "The start lies ahead.")


def _length(facts: SessionFacts) -> Check:
    if facts.minutes > LONG_MINUTES:
        sentence = f"{facts.minutes} minutes is long; half of an audience leaves after about an hour."
        return Check("length", CheckState.ADVICE, sentence)
    return Check("length", CheckState.DONE, f"{facts.minutes} minutes is a length people stay for.")


def _speakers(facts: SessionFacts, now: datetime) -> Iterator[Check]:
    asked = [speaker for speaker in facts.speakers if speaker.answer != "declined"]
    if not asked:
        yield Check("speakers", CheckState.ADVICE, "Nobody is asked to speak yet.")
        return
    open_names = _names(s for s in asked if s.answer != "confirmed")
    yield _said(
        not open_names, "speakers", "All speakers have confirmed.", f"Not confirmed yet: {open_names}."
    )
    yield _disclosures(facts, asked, now)
    silent = _names(s for s in asked if s.recording_consent is None)
    yield _said(
        not silent,
        "consent",
        "All speakers have answered about the recording.",
        f"No answer about the recording yet: {silent}.",
    )


def _disclosures(facts: SessionFacts, asked: Sequence[SpeakerFacts], now: datetime) -> Check:
    missing = _names(s for s in asked if s.disclosed_at is None or now - s.disclosed_at > DISCLOSURE_HOLDS)
    if not missing:
        return Check("disclosures", CheckState.DONE, "All speakers have disclosed their interests.")
    sentence = f"Interests not disclosed in the last 12 months: {missing}."
    if facts.credit:
        return Check("disclosures", CheckState.BLOCKER, f"{sentence} Credit needs them before publishing.")
    return Check("disclosures", CheckState.ADVICE, sentence)


def _names(speakers: Iterator[SpeakerFacts]) -> str:
    return ", ".join(speaker.name for speaker in speakers)
