"""The page of a session's room: paste the link, switch to the backup."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.meetings import pages, queries, service
from webinar.meetings.forms import LinkForm
from webinar.meetings.service import LinkSavedMeanwhile
from webinar.refusal import Refusal
from webinar.sessions.guards import hour_desk
from webinar.sessions.models import Session
from webinar.sessions.pages import head
from webinar.sessions.service import publication
from webinar.societies.guards import current_society
from webinar.timekeeping import clock

bp = Blueprint("meetings", __name__)


@bp.route("/<slug>/sessions/<session>/link", methods=["GET", "POST"])
@hour_desk
def link(session: Session) -> ResponseReturnValue:
    """Where the join link leads."""
    room = queries.room_of(session.id)
    offered = None if room else queries.last_room_in(session)
    form = LinkForm(obj=room or offered)
    if form.validate_on_submit():
        try:
            with transaction():
                service.set_link(session, signed_in_person(), form.link(), seen_at=_seen(form))
            flash(_("Saved. Every join link leads there now."), "ok")
            return _back(session)
        except Refusal as refusal:
            form.refuse(refusal)
            room = queries.room_of(session.id)
            if isinstance(refusal, LinkSavedMeanwhile) and room:
                form.seen_at.data = room.changed_at.isoformat()
    elif room and not form.is_submitted():
        form.seen_at.data = room.changed_at.isoformat()
    shown = pages.room_page(
        room, is_offered=offered is not None, can_publish=publication.is_ready(session, clock.now())
    )
    page = render_template(
        "meetings/link.html", form=form, room=shown, head=head(session, "link", clock.now())
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/<slug>/sessions/<session>/backup")
@hour_desk
def backup(session: Session) -> ResponseReturnValue:
    """One press: every join link leads to the backup, or to the first room again."""
    wanted = request.form.get("to") != "first"
    with transaction():
        service.use_backup(session, signed_in_person(), backup=wanted)
    words = (
        _("Every join link leads to the backup now.") if wanted else _("Every link leads to the first room.")
    )
    flash(words, "ok")
    return _back(session)


def _back(session: Session) -> ResponseReturnValue:
    return redirect(url_for("meetings.link", slug=current_society().slug, session=session.slug), code=303)


def _seen(form: LinkForm) -> datetime | None:
    try:
        seen_at = datetime.fromisoformat(form.seen_at.data or "")
    except ValueError:
        return None
    return seen_at if seen_at.tzinfo else None
