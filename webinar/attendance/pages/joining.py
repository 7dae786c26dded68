"""The page of a join link that does not lead into the room at once: where things stand, what to do next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from webinar.attendance.queries.people import closing_of
from webinar.attendance.rules.visiting import Way
from webinar.meetings.models import Room
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries import seats as registration
from webinar.registration.queries.hours import is_welcome
from webinar.sessions.models import Session
from webinar.sessions.rules.stage import Place, Stage, StageInput, doors_at, stage
from webinar.timekeeping.wording import Showing
from webinar.web.moments import instant_clock, shown, zone_label
from webinar.web.sizes import length
from webinar.web.viewing import current_viewing

PLACES = {
    SeatState.CONFIRMED: Place.CONFIRMED,
    SeatState.WAITING: Place.WAITING,
    SeatState.OFFERED: Place.OFFERED,
    SeatState.CANCELLED: Place.NONE,
}
_LEADS = {
    "no_room": "It is time, but the organisers have not set the room yet. Your link stays the same.",
    "given_back": "You gave your place back, so this link no longer leads into the room.",
    Stage.OFFERED: "A place is free for you, but you have not taken it yet.",
    Stage.ENDED: "This session has ended. Thank you for coming.",
    Stage.RECORDED: "This session has ended, and you can watch the recording.",
    Stage.NOT_RECORDED: "This session has ended, and there is no recording.",
    Stage.CANCELLED: "This session was cancelled and will not take place.",
}
NUMBERS_SHOWN = (Stage.COUNTDOWN, Stage.DOORS, Stage.LIVE)


@dataclass(frozen=True)
class RoomWords:
    """What to dial or type where the link does not work; "" for what there is none of."""

    meeting_id: str
    passcode: str
    dial_in: str


@dataclass(frozen=True)
class JoinPage:
    """One state of the link: `state` is a stage, or no_room, or given_back; `lead` says it in words.

    `room` is None unless a confirmed seat may see its numbers by now; `can_open` offers the room itself.
    """

    state: str
    title: str
    lead: str
    showing: Showing
    was: Showing | None
    is_ahead: bool
    zone_name: str
    host: str
    contact_email: str
    join_path: str
    ticket_path: str
    register_path: str
    checked_at: datetime
    can_open: bool
    room: RoomWords | None
    recording_url: str
    note: str
    certificates_path: str


def stage_of(seat: Seat, now: datetime) -> Stage:
    """The stage of a seat's session for its holder at `now`."""
    session = seat.session
    return stage(
        StageInput(
            now=now,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            place=Place.CONFIRMED if is_welcome(seat) else PLACES[seat.state],
            cancelled=session.cancelled_at is not None,
            recorded=bool(session.recording_url),
            never_recorded=bool(session.recording_note) and not session.recording_url,
        )
    )


def join_page(seat: Seat, room: Room | None, found: Stage, way: Way, now: datetime) -> JoinPage:
    """The page for a seat whose session is at stage `found`."""
    session = seat.session
    state = _state(seat, found, way)
    confirmed = is_welcome(seat)
    closed = closing_of(session.id) if found in (Stage.ENDED, Stage.RECORDED, Stage.NOT_RECORDED) else None
    moved = session.struck_at if now < session.starts_at and not session.cancelled_at else None
    return JoinPage(
        state=state,
        title=session.title,
        lead=_lead(state, seat, now),
        showing=shown(session.starts_at, session.ends_at, session.zone_name),
        was=_was(session, moved) if moved else None,
        is_ahead=now < session.ends_at,
        zone_name=session.zone_name,
        host=session.society.name,
        contact_email=session.society.contact_email,
        join_path=registration.join_path(seat),
        ticket_path=registration.ticket_path(seat),
        register_path=f"/s/{session.lead.slug}/register",
        checked_at=now,
        can_open=confirmed and room is not None and found in (Stage.DOORS, Stage.LIVE),
        room=_room(room) if confirmed and found in NUMBERS_SHOWN else None,
        recording_url=session.recording_url if found is Stage.RECORDED and confirmed else "",
        note=session.cancelled_because if session.cancelled_at else session.recording_note,
        certificates_path="/me/certificates" if closed and closed.closed_at and confirmed else "",
    )


def _state(seat: Seat, found: Stage, way: Way) -> str:
    if way is Way.NO_ROOM:
        return way.value
    if found in (Stage.OPEN, Stage.FULL, Stage.ANNOUNCED):
        return "given_back"
    return found.value


def _was(session: Session, moved_from_at: datetime) -> Showing:
    return shown(moved_from_at, moved_from_at + (session.ends_at - session.starts_at), session.zone_name)


def _room(room: Room | None) -> RoomWords | None:
    if room is None or not (room.meeting_id or room.passcode or room.dial_in):
        return None
    return RoomWords(room.meeting_id, room.passcode, room.dial_in)


def _lead(state: str, seat: Seat, now: datetime) -> str:
    session = seat.session
    match state:
        case Stage.REGISTERED | Stage.COUNTDOWN:
            return _opens(session, now)
        case Stage.DOORS:
            return _("The doors are open. It starts in %(time)s.", time=_until(now, session.starts_at))
        case Stage.LIVE:
            return _live(session, now)
        case Stage.WAITING:
            return _waiting(seat)
    return _(_LEADS[state])


def _opens(session: Session, now: datetime) -> str:
    opens_at = doors_at(session.starts_at)
    zone_name = current_viewing().zone_name or session.zone_name
    return _(
        "Starts in %(time)s, opens %(clock)s %(zone)s.",
        time=_until(now, session.starts_at),
        clock=instant_clock(opens_at, zone_name),
        zone=zone_label(opens_at, zone_name),
    )


def _live(session: Session, now: datetime) -> str:
    if now >= session.ends_at:
        return _("The planned time is over; the room is still open.")
    since = now - session.starts_at
    if since < timedelta(minutes=1):
        return _("It is starting now.")
    return _("It has started: %(time)s ago.", time=length(since))


def _waiting(seat: Seat) -> str:
    place = registration.position(seat)
    if place is None:
        return _("The place offered to you was not taken in time, so you are not on the waiting list now.")
    return _("The session is full. You are no. %(place)s on the waiting list.", place=place)


def _until(now: datetime, at: datetime) -> str:
    left = at - now
    if left >= timedelta(days=2):
        return _("%(days)s days", days=left.days)
    # Whole minutes, never fewer than are left: "in 0 min" would be a lie.
    return length(timedelta(minutes=-(-left // timedelta(minutes=1))))
