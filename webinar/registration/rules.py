"""Who gets a seat, how long an offer lives, what a person may answer: pure decisions (product 4.3)."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from webinar.plaintext import has_control_characters, one_line
from webinar.refusal import Invalid, Refusal
from webinar.sessions.rules.question import Question, QuestionKind
from webinar.translatable import N_

OFFER_LIVES = timedelta(hours=12)
OFFERS_END_BEFORE = timedelta(hours=1)
NO_OFFERS_WITHIN = timedelta(hours=2)
FEW = 10
NAME_LENGTH = 200
ANSWER_LENGTH = 500
YES_NO = ("yes", "no")
# Embeddings, overrides and isolates turn the rest of a line round; joiners and marks are part of scripts.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Door(StrEnum):
    """Whether a session takes registrations."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CANCELLED = "cancelled"
    OVER = "over"


def door(state: str, now: datetime, ends_at: datetime) -> Door:
    """Whether a session in its stored `state` takes registrations at `now` (both instants UTC)."""
    if state == "draft":
        return Door.NOT_YET
    if state == "cancelled":
        return Door.CANCELLED
    return Door.OPEN if now < ends_at else Door.OVER


class RegistrationClosed(Refusal):
    """The session takes no registrations: a draft, cancelled or over."""


class OfferGone(Refusal):
    """An offered seat was not taken in time."""


class NoSeatFree(Refusal):
    """Nothing is free to be taken at this moment."""


_CLOSED = {
    Door.NOT_YET: N_("Registration for this session has not opened yet."),
    Door.CANCELLED: N_("This session was cancelled, so there are no places in it any more."),
    Door.OVER: N_("This session is over, so its places can no longer be changed."),
}


def refuse_closed(state: str, now: datetime, ends_at: datetime) -> None:
    """Raises RegistrationClosed, in words, where nobody can come or go any more."""
    found = door(state, now, ends_at)
    if found is not Door.OPEN:
        raise RegistrationClosed(_CLOSED[found])


def free_seats(capacity: int | None, held: int) -> int | None:
    """Seats that nobody holds, confirmed or offered; None where the capacity has no limit."""
    return None if capacity is None else max(capacity - held, 0)


def has_room(capacity: int | None, held: int) -> bool:
    """Whether one more person fits in."""
    free = free_seats(capacity, held)
    return free is None or free > 0


def is_few(free: int | None) -> bool:
    """Whether so few seats are left that the page says so."""
    return free is not None and 0 < free <= FEW


def offers_run(now: datetime, starts_at: datetime) -> bool:
    """Whether freed seats are offered down the list; in the last two hours the first to come has them."""
    return now < starts_at - NO_OFFERS_WITHIN


def offer_ends_at(now: datetime, starts_at: datetime) -> datetime:
    """Until when an offer made at `now` holds: 12 h, at most until one hour before the start."""
    return min(now + OFFER_LIVES, starts_at - OFFERS_END_BEFORE)


def offer_lapsed(now: datetime, ends_at: datetime | None, starts_at: datetime) -> bool:
    """Whether an offer that was to hold until `ends_at` is gone, also where the session came nearer since."""
    return ends_at is None or now >= min(ends_at, starts_at - OFFERS_END_BEFORE)


def answers_offered(question: Question) -> tuple[str, ...]:
    """The answers that a question accepts; none for free text."""
    return YES_NO if question.kind is QuestionKind.YES_NO else question.options


def answer_field(number: int) -> str:
    """The name of the form field for the question of that number, counted from 0."""
    return f"answer_{number}"


def checked_answers(questions: Sequence[Question], given: Mapping[str, str]) -> dict[str, str]:
    """The answers by the words of their questions, cleaned, empty ones left out. Raises Invalid."""
    if not set(given) <= {question.label for question in questions}:
        raise Invalid("The questions of this session have changed. Please look at them again.")
    found = {}
    for number, question in enumerate(questions):
        answer = one_line(given.get(question.label) or "")
        if fault := _answer_fault(question, answer):
            raise Invalid(fault, field=answer_field(number))
        if answer:
            found[question.label] = answer
    return found


def _answer_fault(question: Question, answer: str) -> str | None:
    if not answer:
        return N_("Please answer this question.") if question.required else None
    offered = answers_offered(question)
    if offered and answer not in offered:
        return N_("Please choose one of the answers offered.")
    if len(answer) > ANSWER_LENGTH:
        return f"Please keep this answer to {ANSWER_LENGTH} characters."
    return None


def name_fault(name: str) -> str | None:
    """What is wrong with a name for a certificate, as a sentence, or None. Any script is welcome."""
    if not name.strip():
        return N_("Please give your name as it should appear on your certificate.")
    if len(name) > NAME_LENGTH:
        return f"Please keep the name to {NAME_LENGTH} characters."
    if has_control_characters(name) or "\n" in name or "\t" in name or _TURNING & set(name):
        return N_("The name holds characters that cannot be shown. Please type it again.")
    if "<" in name or ">" in name:
        return N_("Please write the name without the signs < and >.")
    if not any(unicodedata.category(letter).startswith("L") for letter in name):
        return N_("Please write the name with letters.")
    return None


@dataclass(frozen=True)
class Application:
    """What somebody gives to register. `answers` go by the words of the session's questions.

    `zone_name` is the zone they chose to see times in, or None. `alarm` asks that their calendar reminds them.
    """

    name: str
    email: str
    country: str | None = None
    zone_name: str | None = None
    locale: str = "en"
    answers: Mapping[str, str] = field(default_factory=dict)
    alarm: bool = True


def checked(application: Application, questions: Sequence[Question]) -> Application:
    """The application cleaned and ready to be kept. Raises Invalid with the field at fault."""
    if fault := name_fault(application.name):
        raise Invalid(fault, field="name")
    answers = checked_answers(questions, application.answers)
    return replace(application, name=one_line(application.name), answers=answers)
