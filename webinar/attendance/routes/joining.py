"""The personal join link: into the room while it is open, else a page in words."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webinar.accounts.guards import current_person
from webinar.attendance.pages.joining import join_page, stage_of
from webinar.attendance.routes.blueprint import bp
from webinar.attendance.rules.visiting import Way, only_looks, way
from webinar.attendance.service.visits import record_visit
from webinar.db.store import transaction
from webinar.meetings import queries as meetings
from webinar.meetings.rules import join_target
from webinar.registration.models import Seat
from webinar.registration.queries import seats as registration
from webinar.societies.guards import frame
from webinar.timekeeping import clock
from webinar.web.headers import secret_page
from webinar.web.preferences import preferences, viewing_of
from webinar.web.viewing import see_as


@bp.get("/j/<token>")
def join(token: str) -> ResponseReturnValue:
    """One link for the whole life of a seat; the server's time decides where it leads.

    Looking ahead (HEAD, prefetch, link previews) records nothing.
    """
    secret_page()
    seat = registration.by_join(token)
    now = clock.now()
    room = meetings.room_of(seat.session_id)
    stage = stage_of(seat, now)
    stay = "stay" in request.args
    found = way(stage, has_room=room is not None, stay=stay)
    looks = only_looks(request.method, dict(request.headers))
    if found is Way.ROOM and room is not None and not (looks and request.method == "GET"):
        return _lead_in(seat, join_target(room), looks=looks)
    if found is Way.NO_ROOM and not looks:
        with transaction():
            record_visit(seat, now)
    _see_as_holder(seat)
    frame(seat.session.society)
    return render_template("attendance/join.html", page=join_page(seat, room, stage, found, now))


join.guarded_by = "join link"  # type: ignore[attr-defined]


def _lead_in(seat: Seat, target: str, *, looks: bool) -> Response:
    if not looks:
        with transaction():
            record_visit(seat, clock.now())
    return redirect(target, code=303)  # type: ignore[return-value]


def _see_as_holder(seat: Seat) -> None:
    person = current_person()
    see_as(
        viewing_of(
            preferences(),
            now=clock.now(),
            link_zone=seat.zone_name,
            account_zone=person.zone_name if person else None,
            account_locale=seat.locale,
        )
    )
