"""Closing attendance, and opening it again."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.attendance.pages.desk import phase
from webinar.attendance.queries import people, reports
from webinar.attendance.routes.blueprint import bp, to_desk
from webinar.attendance.service import closing as service
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.sessions.guards import hour_desk
from webinar.sessions.models import Session
from webinar.sessions.pages import head
from webinar.timekeeping import clock
from webinar.web.form import Form


@bp.route("/<slug>/sessions/<session>/attendance/close", methods=["GET", "POST"])
@hour_desk
def close(session: Session) -> ResponseReturnValue:
    """Say that attendance is complete, after seeing what follows from it; then credits are next."""
    form = Form()
    if form.validate_on_submit():
        try:
            with transaction():
                service.close(session, signed_in_person())
            flash(_("Attendance is closed. Next: credits."), "ok")
            return redirect(_credits(session), code=303)
        except Refusal as refusal:
            form.refuse(refusal)
    now = clock.now()
    return render_template(
        "attendance/close.html",
        form=form,
        head=head(session, "attendance", now),
        phase=phase(session, people.closing_of(session.id), now),
        numbers=people.numbers(session.id),
        has_report=bool(reports.reports_of(session.id)),
        unread=len(reports.unread_of(session.id)),
    ), (409 if request.method == "POST" else 200)


@bp.post("/<slug>/sessions/<session>/attendance/reopen")
@hour_desk
def reopen(session: Session) -> ResponseReturnValue:
    """Take the closing back, for corrections."""
    with transaction():
        service.reopen(session, signed_in_person())
    flash(_("Attendance is open again. What was awarded stands until you close it anew."), "ok")
    return to_desk(session)


def _credits(session: Session) -> str:
    return url_for("credits.preview", slug=session.society.slug, session=session.slug)
