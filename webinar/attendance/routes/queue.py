"""The attendance page, and what an organiser decides about its rows."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.attendance.forms import NewForm
from webinar.attendance.pages.queue import new_page
from webinar.attendance.pages.why import why_page
from webinar.attendance.queries import people, reports
from webinar.attendance.routes.blueprint import Typed, bp, desk_page, match_form, to_desk
from webinar.attendance.service import decisions
from webinar.db.store import transaction
from webinar.refusal import Invalid, Refusal
from webinar.registration.models import Seat
from webinar.sessions.guards import hour_desk
from webinar.sessions.models import Session
from webinar.timekeeping import clock


@bp.get("/<slug>/sessions/<session>/attendance")
@hour_desk
def queue(session: Session) -> ResponseReturnValue:
    """Who came: reports, rows to decide about, everybody's time."""
    return desk_page(session)


@bp.get("/<slug>/sessions/<session>/attendance/people/<int:seat_id>")
@hour_desk
def why(session: Session, seat_id: int) -> ResponseReturnValue:
    """Why somebody has the minutes they have."""
    seat = people.seat_of(session, seat_id)
    return render_template("attendance/why.html", page=why_page(session, seat, clock.now()))


@bp.post("/<slug>/sessions/<session>/attendance/rows/<int:row>/match")
@hour_desk
def match(session: Session, row: int) -> ResponseReturnValue:
    """Bind a row to a suggested seat, or to the one of a typed address."""
    found = reports.row_of(session, row)
    form = match_form(row)
    suggested = request.form.get("seat", "")
    if not suggested and not form.validate_on_submit():
        return desk_page(session, Typed(matches={row: form}), 422)
    try:
        seat = _suggested(session, suggested) if suggested else _registered(session, form.email.data)
        with transaction():
            decisions.match(session, found, seat, signed_in_person())
            flash(_("Matched to %(name)s.", name=seat.name), "ok")
        return to_desk(session, "queue")
    except Invalid as refusal:
        form.refuse(refusal)
        return desk_page(session, Typed(matches={row: form}), 422)


@bp.route("/<slug>/sessions/<session>/attendance/rows/<int:row>/new", methods=["GET", "POST"])
@hour_desk
def new(session: Session, row: int) -> ResponseReturnValue:
    """Seat somebody who came without a seat."""
    found = reports.row_of(session, row)
    form = NewForm(name=found.name, email=found.email)
    if form.validate_on_submit():
        try:
            with transaction():
                application = form.application(session.society.locale)
                seat = decisions.new_person(session, found, application, signed_in_person())
                flash(_("%(name)s has a place and the time of this row.", name=seat.name), "ok")
            return to_desk(session, "queue")
        except Refusal as refusal:
            form.refuse(refusal)
    page = new_page(session, found, clock.now())
    return render_template("attendance/new.html", form=form, page=page), 422 if form.is_submitted() else 200


@bp.post("/<slug>/sessions/<session>/attendance/rows/<int:row>/ignore")
@hour_desk
def ignore(session: Session, row: int) -> ResponseReturnValue:
    """Set a row aside."""
    with transaction():
        decisions.ignore(session, reports.row_of(session, row), signed_in_person())
    flash(_("Set aside. It counts for nobody."), "ok")
    return to_desk(session, "queue")


@bp.post("/<slug>/sessions/<session>/attendance/rows/<int:row>/undo")
@hour_desk
def undo(session: Session, row: int) -> ResponseReturnValue:
    """Put a row back into the queue."""
    with transaction():
        decisions.undo(session, reports.row_of(session, row), signed_in_person())
    flash(_("Back in the queue."), "ok")
    return to_desk(session, "queue")


def _suggested(session: Session, seat_id: str) -> Seat:
    if not seat_id.isascii() or not seat_id.isdigit() or len(seat_id) > 9:
        raise Invalid("Please choose one of the suggestions.")
    return people.seat_of(session, int(seat_id))


def _registered(session: Session, email: str) -> Seat:
    seat = people.seat_by_email(session, email)
    if seat is None:
        raise Invalid(
            "Nobody registered for this session with this address. If they came without registering, use "
            "“New person”.",
            "email",
        )
    return seat
