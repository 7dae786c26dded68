"""Who registered for a session, and the words to invite more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext as _

from webinar.calendars.models import CalendarReply, SeatAnswer
from webinar.calendars.rules.reply import DeclineRule
from webinar.desk.pages.answers import Answered, Answers, answered, answers_section
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.seats import Counts, PeoplePage
from webinar.registration.rules import free_seats
from webinar.sessions.models import Session
from webinar.web.addresses import absolute_path
from webinar.web.moments import world_text
from webinar.web.sizes import amount

STATES = {
    SeatState.CONFIRMED: ("ok", "Has a place"),
    SeatState.OFFERED: ("soon", "Seat offered"),
    SeatState.WAITING: ("info", "Waiting"),
    SeatState.CANCELLED: ("ended", "Gave it back"),
}


@dataclass(frozen=True)
class PersonRow:
    """One registration; `answers` in the order of the session's questions."""

    name: str
    email: str
    country: str
    zone_name: str
    state: str
    kind: str
    registered_at: datetime
    answers: tuple[str, ...]
    answered: Answered


@dataclass(frozen=True)
class Choice:
    """One way to narrow the list, with its number."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Said:
    """What came back from calendars: standing answers by seat, held ones, the rule for who declines.

    `moved` is the revision that gave the session its present time.
    """

    answers: Mapping[int, SeatAnswer]
    held: Sequence[CalendarReply]
    rule: DeclineRule
    moved: int


@dataclass(frozen=True)
class People:
    """The page: a stretch of the list, counted from 1, and the words to copy."""

    rows: tuple[PersonRow, ...]
    questions: tuple[str, ...]
    choices: tuple[Choice, ...]
    first: int
    last: int
    total: int
    previous_url: str
    next_url: str
    places: str
    invitation: str
    everybody: int
    answers: Answers


def people_page(
    session: Session, found: PeoplePage, counts: Counts, state: SeatState | None, said: Said
) -> People:
    """The page of a session's people; `found` is the stretch to show, `state` what it was narrowed to."""
    labels = tuple(str(question["label"]) for question in session.questions)
    return People(
        rows=tuple(_row(seat, labels, said) for seat in found.seats),
        questions=labels,
        choices=_choices(counts, state),
        first=found.first,
        last=found.last,
        total=found.total,
        previous_url=_page_url(found.number - 1, state) if found.number > 1 else "",
        next_url=_page_url(found.number + 1, state) if found.number < found.pages else "",
        places=_places(session, counts),
        invitation=invitation(session),
        everybody=counts.everybody,
        answers=answers_section(said.answers, said.held, said.rule),
    )


def invitation(session: Session) -> str:
    """A text to paste into a chat; the title is bold there."""
    return "\n".join(
        [
            f"*{session.title}*",
            session.society.name,
            world_text(session.starts_at, session.zone_name),
            _("Free, without an account, in your own time zone:"),
            absolute_path(f"/s/{session.slug}"),
        ]
    )


def chosen_state(arguments: Mapping[str, str]) -> SeatState | None:
    """The state that an address narrows the list to; anything unknown is none."""
    typed = arguments.get("state", "")
    return SeatState(typed) if typed in {state.value for state in SeatState} else None


def _row(seat: Seat, labels: tuple[str, ...], said: Said) -> PersonRow:
    kind, words = STATES[seat.state]
    return PersonRow(
        name=seat.name,
        email=seat.person.email,
        country=seat.country or "",
        zone_name=seat.zone_name or "",
        state=_(words),
        kind=kind,
        registered_at=seat.created_at,
        answers=tuple(_said(seat.answers.get(label)) for label in labels),
        answered=answered(seat, said.answers.get(seat.id), said.moved),
    )


def _said(answer: Any) -> str:
    return {"yes": _("Yes"), "no": _("No")}.get(str(answer), str(answer)) if answer else "–"


def _choices(counts: Counts, chosen: SeatState | None) -> tuple[Choice, ...]:
    every = Choice("", _("Everybody") + f" ({amount(counts.everybody)})", chosen is None)
    return (
        every,
        *(
            Choice(state.value, f"{_(words)} ({amount(getattr(counts, state.value))})", state is chosen)
            for state, (_kind, words) in STATES.items()
        ),
    )


def _places(session: Session, counts: Counts) -> str:
    left = free_seats(session.capacity, counts.held)
    if left is None or session.capacity is None:
        return _("%(held)s registered; there is no limit.", held=amount(counts.held))
    return _(
        "%(held)s registered of %(all)s seats, %(left)s open.",
        held=amount(counts.held),
        all=amount(session.capacity),
        left=amount(left),
    )


def _page_url(number: int, state: SeatState | None) -> str:
    return f"{request.path}?page={number}" + (f"&state={state.value}" if state else "")
