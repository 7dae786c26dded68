"""The doors of registering: the public form, and the buttons of a ticket."""

from collections.abc import Callable
from datetime import timedelta

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts import service as accounts
from webinar.accounts.guards import current_person
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.registration import pages
from webinar.registration.forms import RegisterForm, register_form
from webinar.registration.guards import (
    Device,
    is_mine,
    known_already,
    remember,
    seat_here,
    this_device,
    ticket_holder,
)
from webinar.registration.models import Seat
from webinar.registration.queries import seats as queries
from webinar.registration.queries.series import series_path
from webinar.registration.routes.blueprint import bp
from webinar.registration.rules import NoSeatFree
from webinar.registration.service import hours, seats, series
from webinar.sessions.models import Session
from webinar.sessions.queries import by_slug
from webinar.societies.guards import frame
from webinar.web.headers import private_page

HOUR = timedelta(hours=1)
PER_ADDRESS = 20  # sessions that one address registers for within the hour
PER_NETWORK = 3000  # a whole conference may sit behind one address


@bp.route("/s/<session>/register", methods=["GET", "POST"])
def register(session: str) -> ResponseReturnValue:
    """Register with name, address and country: one press. Of two live hours, one is chosen."""
    private_page()
    named = by_slug(session)
    found = named.lead
    frame(found.society)
    device = Device() if "fresh" in request.args else this_device()
    chosen = pages.better_hour(
        found, request.args.get("hour") or (str(named.hour) if named.twin_of_id else "")
    )
    form = register_form(
        found.questions,
        pages.hour_choices(found),
        str(chosen.hour),
        pages.date_choices(found),
        **known_already(device),
        dates="all" if request.args.get("dates") == "all" else "one",
    )
    status = 200
    if form.is_submitted():
        try:
            status = 422
            if form.validate():
                return _admitted(found, form)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
    return _register_page(found, form, device, status)


def _admitted(session: Session, form: RegisterForm) -> ResponseReturnValue:
    """Seat the person; lead to the ticket only who made the seat or has proved to be its holder."""
    device = this_device()
    hour = pages.better_hour(session, form.hour.data or "" if form.hour else "")
    if form.dates and form.dates.data == "all":
        return _admitted_to_all(session, hour, form, device)
    with transaction():
        accounts.knock(f"register:{session.id}", request.remote_addr or "", most=PER_NETWORK, within=HOUR)
        admission = seats.admit(hour, form.application)
        if admission.is_new:
            accounts.knock("register", admission.seat.person.email, most=PER_ADDRESS, within=HOUR)
        mine = admission.is_new or is_mine(admission.seat, device)
        seat = _in_hour(admission.seat, hour) if mine else admission.seat
        sent = url_for("registration.sent", session=session.slug)
        response = make_response(redirect(queries.ticket_path(seat) if mine else sent, code=303))
        if mine:
            remember(response, seat, device)
    return response


def _admitted_to_all(
    session: Session, hour: Session, form: RegisterForm, device: Device
) -> ResponseReturnValue:
    """Seat the person at all coming dates; who is not known to be the holder is led to their mail."""
    with transaction():
        accounts.knock(f"register:{session.id}", request.remote_addr or "", most=PER_NETWORK, within=HOUR)
        admission = series.admit_all(hour, form.application)
        if admission.is_new:
            accounts.knock("register", admission.seat.person.email, most=PER_ADDRESS, within=HOUR)
        mine = admission.is_new or is_mine(admission.seat, device)
        sent = url_for("registration.sent", session=session.slug)
        response = make_response(redirect(series_path(admission.series_seat) if mine else sent, code=303))
        if mine:
            remember(response, admission.seat, device)
    return response


def _in_hour(seat: Seat, hour: Session) -> Seat:
    """Whoever holds a seat in the other live hour and chooses this one by the form has changed to it."""
    if seat.session_id == hour.id:
        return seat
    try:
        return hours.swap(seat)
    except NoSeatFree as refusal:
        flash(_(refusal.words, **refusal.values), "warn")
        return seat


def _register_page(session: Session, form: RegisterForm, device: Device, status: int) -> ResponseReturnValue:
    prefilled = "" if form.is_submitted() or current_person() else device.name
    page = pages.register_page(session, prefilled_name=prefilled, mine=seat_here(session, device))
    line = pages.session_line(session)
    return render_template("registration/register.html", form=form, page=page, line=line), status


@bp.get("/s/<session>/register/sent")
def sent(session: str) -> ResponseReturnValue:
    """Where a browser is led that gave an address which had registered before; it reveals nothing."""
    private_page()
    found = by_slug(session).lead
    frame(found.society)
    page = pages.register_page(found)
    return render_template("registration/sent.html", page=page, line=pages.session_line(found))


@bp.route("/t/<token>/cancel", methods=["GET", "POST"])
@ticket_holder
def give_back(seat: Seat) -> ResponseReturnValue:
    """Leave the session: the page says what follows, the button does it."""
    if request.method == "POST":
        return _pressed(seat, _("Your place is given back. To come after all, register again."))
    line = pages.session_line(seat.session)
    return render_template("registration/give_back.html", page=pages.give_back_page(seat), line=line)


@bp.post("/t/<token>/take")
@ticket_holder
def take_offer(seat: Seat) -> ResponseReturnValue:
    """Take the seat that is offered, or a free one in the last two hours."""
    return _pressed(seat, _("The seat is yours."))


@bp.post("/t/<token>/queue")
@ticket_holder
def requeue(seat: Seat) -> ResponseReturnValue:
    """Go back to the end of the waiting list after an offer has passed."""
    return _pressed(seat, _("Done. Your ticket shows where you stand."))


@bp.post("/t/<token>/swap")
@ticket_holder
def swap(seat: Seat) -> ResponseReturnValue:
    """Change to the session's other live hour: one press, both seats or neither."""
    return _crossed(seat, hours.swap, _("Changed. This is your ticket for the hour you chose."))


@bp.post("/t/<token>/wait")
@ticket_holder
def wait_for_other(seat: Seat) -> ResponseReturnValue:
    """Wait for a seat in the other live hour, which is full, and keep this one meanwhile."""
    return _crossed(
        seat, hours.wait_for_other, _("You wait for the other live hour. This ticket shows where.")
    )


def _crossed(seat: Seat, press: Callable[[Seat], Seat], words: str) -> ResponseReturnValue:
    """Do what the button says; lead to the seat that came of it, on this device too."""
    ticket = queries.ticket_path(seat)
    device = this_device()
    try:
        with transaction():
            found = press(seat)
            response = make_response(redirect(queries.ticket_path(found), code=303))
            if seat.id in device.seat_ids:
                remember(response, found, device)
        flash(words, "ok")
    except Refusal as refusal:
        flash(_(refusal.words, **refusal.values), "warn")
        return redirect(ticket, code=303)
    return response


_PRESSES = {
    "registration.give_back": seats.give_back,
    "registration.take_offer": seats.take_offer,
    "registration.requeue": seats.requeue,
}


def _pressed(seat: Seat, words: str) -> ResponseReturnValue:
    """Do what the button says, and tell on the ticket what came of it."""
    ticket = queries.ticket_path(seat)
    try:
        with transaction():
            _PRESSES[request.endpoint or ""](seat)
        flash(words, "ok")
    except Refusal as refusal:
        flash(_(refusal.words, **refusal.values), "warn")
    return redirect(ticket, code=303)
