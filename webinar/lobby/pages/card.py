"""The join card: a session as at most 1 KB of plain text, to keep where there is no connection."""

from flask_babel import gettext as _

from webinar.meetings.models import Room
from webinar.plaintext import one_line
from webinar.registration.models import Seat, SeatState
from webinar.registration.queries.seats import join_path
from webinar.sessions.models import Session, State
from webinar.sessions.rules.stage import doors_at
from webinar.timekeeping.wording import Showing
from webinar.web.addresses import absolute_path
from webinar.web.moments import instant_text, showing_text, shown

MOST_BYTES = 1000
LONGEST_LINE = 220


def card_text(session: Session, seen: Showing, *, ways_in: tuple[str, ...]) -> str:
    """Title, society, time here, in UTC and at the host's, then `ways_in`; lines are cut, never the links."""
    times = [showing_text(seen)]
    for name in ("Etc/UTC", session.zone_name):
        text = instant_text(session.starts_at, name)
        times += [f"= {text}"] if name != seen.zone_name else []
    head = [*_title(session), "", *dict.fromkeys(times), ""]
    tail = [*ways_in, "", _("Questions: %(address)s", address=session.society.contact_email)]
    return _fitted(head, tail)


def doors_words(session: Session, seen: Showing) -> str:
    """From when the join link leads to the room."""
    return _("Opens %(time)s", time=instant_text(doors_at(session.starts_at), seen.zone_name))


def _title(session: Session) -> list[str]:
    called_off = [_("CANCELLED")] if session.state == State.CANCELLED else []
    return [*called_off, one_line(session.title), one_line(session.society.name)]


def _fitted(head: list[str], tail: list[str]) -> str:
    most = LONGEST_LINE
    text = _joined(head, tail, most)
    while len(text.encode()) > MOST_BYTES and most > 20:
        most -= 20
        text = _joined(head, tail, most)
    return text


def _joined(head: list[str], tail: list[str], most: int) -> str:
    return (
        "\n".join([*(line if len(line) <= most else f"{line[: most - 2]} …" for line in head), *tail]) + "\n"
    )


def own_ways_in(seat: Seat, room: Room | None) -> tuple[str, ...]:
    """The personal join link, when the doors open, and for a sure place the phone numbers."""
    found = seat.session
    seen = shown(found.starts_at, found.ends_at, found.zone_name)
    ways_in = [_("Join: %(address)s", address=absolute_path(join_path(seat))), doors_words(found, seen)]
    if room and seat.state is SeatState.CONFIRMED:
        numbers = {
            _("Meeting ID"): room.meeting_id,
            _("Passcode"): room.passcode,
            _("Phone"): one_line(room.dial_in)[:200],
        }
        ways_in += [f"{words}: {value}" for words, value in numbers.items() if value]
    return tuple(ways_in)
