"""The shape of a session: its second live hour, and the window of its discussion."""

from datetime import timedelta

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.sessions import pages, queries
from webinar.sessions.forms.session import RemoveHourForm
from webinar.sessions.forms.when import HourForm, WindowForm
from webinar.sessions.guards import hour_desk, session_desk
from webinar.sessions.models import Session
from webinar.sessions.routes.blueprint import bp, refuse_when, seen_in, status_of, to_desk
from webinar.sessions.rules.window import window_advice
from webinar.sessions.service import hours, timing
from webinar.timekeeping import clock

USUALLY_AFTER = timedelta(hours=12)
"""Half a day later the other half of the world is awake."""


@bp.route("/<slug>/sessions/<session>/hour", methods=["GET", "POST"])
@session_desk
def add_hour(session: Session) -> ResponseReturnValue:
    """A second live hour, for people who sleep through the first."""
    form = HourForm()
    if form.validate_on_submit():
        try:
            with transaction():
                twin = hours.add_hour(session, signed_in_person(), form.when(), capacity=form.capacity.data)
                flash(_("Added. Next: its own link. Speakers are being asked about the new time."), "ok")
                return to_desk("meetings.link", twin)
        except Refusal as refusal:
            refuse_when(form, refusal)
    elif not form.is_submitted():
        form.starts_local.data, form.zone_name.data = session.starts_local + USUALLY_AFTER, session.zone_name
        form.minutes.data, form.capacity.data = timedelta(minutes=session.minutes), session.capacity
    head = pages.head(session, "hour", clock.now())
    has_two = queries.other_hour(session) is not None
    return render_template("sessions/hour.html", form=form, head=head, has_two=has_two), status_of(form)


@bp.post("/<slug>/sessions/<session>/hour/remove")
@hour_desk
def remove_hour(session: Session) -> ResponseReturnValue:
    """Take the second live hour off."""
    form = RemoveHourForm()
    if form.validate_on_submit():
        try:
            with transaction():
                hours.remove_hour(session, signed_in_person(), form.because.data)
            flash(_("The second live hour is taken off. Whoever must hear of it is being told."), "ok")
            return to_desk("sessions.move", session.lead)
        except Refusal as refusal:
            form.refuse(refusal)
    head = pages.head(session, "time", clock.now())
    return render_template("sessions/remove_hour.html", form=form, head=head, told=()), 422


@bp.route("/<slug>/sessions/<session>/window", methods=["GET", "POST"])
@session_desk
def window(session: Session) -> ResponseReturnValue:
    """From when to when the discussion is open."""
    form = WindowForm()
    if form.validate_on_submit():
        try:
            with transaction():
                timing.set_window(session, signed_in_person(), form.window(), seen_at=seen_in(form))
            flash(_("Saved."), "ok")
            _advise(session)
            return to_desk("sessions.move", session)
        except Refusal as refusal:
            form.refuse(refusal)
    elif not form.is_submitted():
        form.opens_local.data, form.closes_local.data = (
            session.window_opens_local,
            session.window_closes_local,
        )
        form.seen_at.data = session.changed_at.isoformat()
    head = pages.head(session, "window", clock.now())
    return render_template("sessions/window.html", form=form, head=head), status_of(form)


def _advise(session: Session) -> None:
    opening = hours.opening_of(session)
    if opening and (advice := window_advice(opening.opens_at, opening.closes_at)):
        flash(_(advice), "warn")
