"""The ticket: one seat, its state by the server's clock, and everything its holder needs."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from webinar.calendars.pages.session import calendar_menu
from webinar.certificates.models import Certificate
from webinar.credits.models import Award
from webinar.lobby.pages import paths
from webinar.lobby.pages.hours import OtherHour, other_on_ticket
from webinar.lobby.pages.session import Known, Page, session_page, stage_of
from webinar.meetings.models import Room
from webinar.registration.models import Seat, SeatState
from webinar.registration.pages import all_dates_path
from webinar.registration.queries.seats import has_lapsed, join_path, ticket_path
from webinar.sessions.rules.stage import Place, Stage, doors_at
from webinar.web.addresses import absolute_path

PLACES = {
    SeatState.CONFIRMED: Place.CONFIRMED,
    SeatState.WAITING: Place.WAITING,
    SeatState.OFFERED: Place.OFFERED,
    SeatState.CANCELLED: Place.NONE,
}


@dataclass(frozen=True)
class WayIn:
    """How to get in without the video link: what the room asks for, and phone numbers."""

    meeting_id: str
    passcode: str
    dial_in: str


@dataclass(frozen=True)
class Proof:
    """What came of attending; `credit` "0.75 credits" or "", `certificate_url` "" while there is none."""

    credit: str
    certificate_url: str


@dataclass(frozen=True)
class Ticket:
    """One seat. `stage` is the word of sessions' Stage, or "given_back" or "lapsed"."""

    session: Page
    path: str
    stage: str
    name: str
    email: str
    country: str
    answers: tuple[tuple[str, str], ...]
    position: int | None
    offer_ends_at: datetime | None
    doors_at: datetime
    now: datetime
    join_url: str
    calendar: tuple[tuple[str, str], ...]
    way_in: WayIn | None
    proof: Proof
    can_give_back: bool
    other: OtherHour | None
    all_dates_path: str


@dataclass(frozen=True)
class Beside:
    """What the ticket needs beside the seat and the session's own page."""

    known: Known
    position: int | None
    room: Room | None
    award: Award | None
    certificate: Certificate | None


def ticket_page(seat: Seat, beside: Beside, now: datetime) -> Ticket:
    """The ticket of a seat at `now` (aware UTC)."""
    session, stage = seat.session, _stage(seat, now)
    return Ticket(
        session=session_page(session, beside.known, now),
        path=ticket_path(seat),
        stage=stage,
        name=seat.name,
        email=seat.person.email,
        country=seat.country or "",
        answers=answers(seat),
        position=beside.position,
        offer_ends_at=seat.offer_ends_at,
        doors_at=doors_at(session.starts_at),
        now=now,
        join_url=absolute_path(join_path(seat)),
        calendar=calendar_menu(session, seat),
        way_in=_way_in(beside.room) if stage in {"countdown", "doors", "live"} else None,
        proof=proof(beside.award, beside.certificate),
        can_give_back=seat.state is not SeatState.CANCELLED and stage in _CAN_GIVE_BACK,
        other=other_on_ticket(seat, now),
        all_dates_path=all_dates_path(seat),
    )


_CAN_GIVE_BACK = {"registered", "countdown", "doors", "waiting", "lapsed", "offered"}


def answers(seat: Seat) -> tuple[tuple[str, str], ...]:
    """What somebody answered to the session's own questions, in words."""
    yes_no = {"yes": _("Yes"), "no": _("No"), "True": _("Yes"), "False": _("No")}
    return tuple(
        (str(question), yes_no.get(str(said), str(said))) for question, said in seat.answers.items() if said
    )


def proof(award: Award | None, certificate: Certificate | None) -> Proof:
    """Credit and certificate of a seat, where there are some."""
    return Proof(
        f"{award.credit} {award.unit}" if award else "",
        paths.certificate_path(certificate.code) if certificate else "",
    )


def _stage(seat: Seat, now: datetime) -> str:
    found = stage_of(seat.session, PLACES[seat.state], now)
    if seat.state is SeatState.CANCELLED and found is Stage.OPEN:
        return "given_back"
    if found is Stage.WAITING and has_lapsed(seat):
        return "lapsed"
    return found.value


def _way_in(room: Room | None) -> WayIn | None:
    return WayIn(room.meeting_id, room.passcode, room.dial_in) if room else None
