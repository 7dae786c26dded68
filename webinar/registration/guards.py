"""Who is at the door: the holder of a ticket link, and what this device registered before."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from webinar.accounts.guards import current_person
from webinar.config import settings
from webinar.registration.models import Seat
from webinar.registration.queries import seats as queries
from webinar.registration.queries.hours import seat_over_hours
from webinar.registration.queries.series import by_series_ticket
from webinar.sessions.models import Session
from webinar.societies.guards import frame
from webinar.web.headers import secret_page

View = Callable[..., ResponseReturnValue]
HALF_A_YEAR = 180 * 24 * 3600
MOST_SEATS = 30
MOST_BYTES = 3500  # browsers drop cookies beyond 4 kB without a word


def ticket_holder(view: View) -> View:
    """Only for who holds the ticket link: `token` in the path becomes `seat`; to others it is not there."""

    @wraps(view)
    def guarded(token: str, **kwargs: Any) -> ResponseReturnValue:
        secret_page()
        seat = queries.by_ticket(token)
        frame(seat.session.society)
        return view(seat=seat, **kwargs)

    guarded.guarded_by = "ticket"  # type: ignore[attr-defined]
    return guarded


def series_holder(view: View) -> View:
    """Only for who holds the link of a series seat: `token` in the path becomes `series_seat`."""

    @wraps(view)
    def guarded(token: str, **kwargs: Any) -> ResponseReturnValue:
        secret_page()
        series_seat = by_series_ticket(token)
        frame(series_seat.series.society)
        return view(series_seat=series_seat, **kwargs)

    guarded.guarded_by = "series ticket"  # type: ignore[attr-defined]
    return guarded


@dataclass(frozen=True)
class Device:
    """What somebody typed on this device before, and the seats made on it.

    It is the device's own knowledge, signed by us. It opens nothing of a person: whoever types a
    stranger's address must not come into that person's pages.
    """

    name: str = ""
    email: str = ""
    country: str | None = None
    seat_ids: tuple[int, ...] = ()


def this_device() -> Device:
    """What the cookie of this request remembers; nothing where it is missing, foreign or old."""
    try:
        kept = _signer().loads(request.cookies.get(_cookie_name(), ""), max_age=HALF_A_YEAR)
        return Device(str(kept["n"]), str(kept["e"]), kept["c"], tuple(int(each) for each in kept["s"]))
    except (BadSignature, KeyError, TypeError, ValueError):
        return Device()


def remember(response: Response, seat: Seat, before: Device) -> None:
    """Let this device fill its next form by itself, and find back to the seat it has just made."""
    seat_ids = (*(each for each in before.seat_ids if each != seat.id), seat.id)[-MOST_SEATS:]
    kept = {"n": seat.name, "e": seat.person.email, "c": seat.country, "s": seat_ids}
    value = _signer().dumps(kept)
    if len(value) <= MOST_BYTES:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(_cookie_name(), value, HALF_A_YEAR, secure=secure, httponly=True, samesite="Lax")


def known_already(device: Device) -> dict[str, str | None]:
    """What `register_form` need not ask again: of the signed-in person, else of this device."""
    person = current_person()
    if person is None:
        return {"name": device.name or None, "email": device.email or None, "country": device.country}
    return {"name": person.name, "email": person.email, "country": person.country or device.country}


def seat_here(session: Session, device: Device) -> Seat | None:
    """The seat that this visitor provably holds at a session, in whichever live hour."""
    person = current_person()
    return seat_over_hours(session, person.id if person else None, device.seat_ids)


def is_mine(seat: Seat, device: Device) -> bool:
    """Whether this visitor has proved to be the holder of a seat, so that we may show it."""
    person = current_person()
    return seat.id in device.seat_ids or (person is not None and person.id == seat.person_id)


def _cookie_name() -> str:
    return "__Host-registrant" if settings().base_url.startswith("https://") else "registrant"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="webinar.registrant")
