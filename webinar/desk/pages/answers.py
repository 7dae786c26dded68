"""What people answered in their calendars: beside each person, and what waits for the organisers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from webinar.calendars.models import CalendarReply, SeatAnswer
from webinar.calendars.rules.reply import DeclineRule, Proof, Says
from webinar.registration.models import Seat, SeatState

WORDS = {
    Says.ACCEPTED: ("ok", "Accepted"),
    Says.TENTATIVE: ("soon", "Tentative"),
    Says.DECLINED: ("live", "Declined"),
    Says.DELEGATED: ("info", "Sends somebody else"),
}
RULES = {
    DeclineRule.ASK: "Ask us each time",
    DeclineRule.FREE: "Free the seat at once",
    DeclineRule.KEEP: "Keep the seat",
}


@dataclass(frozen=True)
class Answered:
    """One person's standing answer: `more` is a remark of ours, `comment` their own words."""

    words: str
    kind: str
    more: str
    comment: str


@dataclass(frozen=True)
class Declined:
    """Somebody who declined and still has a seat."""

    seat_id: int
    name: str
    comment: str
    at: datetime


@dataclass(frozen=True)
class Held:
    """An answer that a person has to look at; `name` is "" where nobody registered with the address."""

    reply_id: int
    name: str
    attendee: str
    author: str
    words: str
    because: str
    comment: str
    at: datetime


@dataclass(frozen=True)
class Choice:
    """One of the things that may happen to a declined seat."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Answers:
    """The section of the page."""

    declined: tuple[Declined, ...]
    held: tuple[Held, ...]
    rules: tuple[Choice, ...]


def answers_section(
    answers: Mapping[int, SeatAnswer], held: Sequence[CalendarReply], rule: DeclineRule
) -> Answers:
    """What waits at one session, and what shall happen to seats of who declines."""
    asking = sorted((each for each in answers.values() if each.asks), key=lambda each: each.changed_at)
    return Answers(
        declined=tuple(_declined(each) for each in asking),
        held=tuple(_held(each) for each in held),
        rules=tuple(Choice(each.value, _(words), each is rule) for each, words in RULES.items()),
    )


def answered(seat: Seat, answer: SeatAnswer | None, moved: int) -> Answered:
    """What somebody answered; `moved` is the revision that gave the session its present time."""
    if answer is None:
        asked = seat.state is SeatState.CONFIRMED  # who waits was never invited
        return Answered(_("No answer") if asked else "–", "ended", "", "")
    reply = answer.reply
    kind, words = WORDS[Says(reply.says)]
    remarks = [_said(reply)] if _said(reply) else []
    if seat.state is SeatState.CONFIRMED and reply.sequence < moved + seat.version:
        kind, remarks = "ended", [_("to an earlier time"), *remarks]
    if reply.delegated_to:
        remarks.append(reply.delegated_to)
    return Answered(_(words), kind, ", ".join(remarks), reply.comment)


def _said(reply: CalendarReply) -> str:
    if reply.proof is not Proof.NONE:
        return ""
    return _("not verified, accepted by an organiser")


def _declined(answer: SeatAnswer) -> Declined:
    seat = answer.seat
    return Declined(seat.id, seat.name, answer.reply.comment, answer.changed_at)


def _held(reply: CalendarReply) -> Held:
    words = _("Asks for another time") if reply.asks_for_at else _(WORDS.get(reply.says, ("", "Unclear"))[1])  # type: ignore[call-overload]
    return Held(
        reply_id=reply.id,
        name=reply.seat.name if reply.seat else "",
        attendee=reply.attendee,
        author=reply.author,
        words=words,
        because=_(BECAUSE.get(reply.because, reply.because)),
        comment=reply.comment,
        at=reply.received_at,
    )


BECAUSE = {
    "it does not name exactly one attendee": "It does not say for whom it is.",
    "nobody registered with this address": "Nobody registered with this address.",
    "it answers another date": "It answers another date.",
    "nothing shows that it is by this person": "Nothing shows that it really is by this person.",
}
