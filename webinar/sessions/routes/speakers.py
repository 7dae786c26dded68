"""Asking speakers, and their running order."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.sessions import queries
from webinar.sessions.forms.speaker import SpeakerForm
from webinar.sessions.guards import session_desk
from webinar.sessions.models import Session
from webinar.sessions.routes.blueprint import bp, to_desk
from webinar.sessions.routes.planning import edit_page
from webinar.sessions.service import speakers


@bp.post("/<slug>/sessions/<session>/speakers")
@session_desk
def add_speaker(session: Session) -> ResponseReturnValue:
    """Ask somebody to speak."""
    form = SpeakerForm()
    if form.validate_on_submit():
        invitee = form.invitee()
        try:
            with transaction():
                speakers.add_speaker(session, signed_in_person(), invitee)
            flash(_("%(name)s is being asked by mail.", name=invitee.name), "ok")
            return to_desk("sessions.edit", session, "speakers")
        except Refusal as refusal:
            form.refuse(refusal)
    return edit_page(session, speaker=form)


@bp.post("/<slug>/sessions/<session>/speakers/<int:speaker_id>/remove")
@session_desk
def remove_speaker(session: Session, speaker_id: int) -> ResponseReturnValue:
    """Take somebody off the list."""
    with transaction():
        speakers.remove_speaker(session, signed_in_person(), queries.speaker_of(session, speaker_id))
    return to_desk("sessions.edit", session, "speakers")


@bp.post("/<slug>/sessions/<session>/speakers/<int:speaker_id>/order")
@session_desk
def order_speaker(session: Session, speaker_id: int) -> ResponseReturnValue:
    """One place earlier or later in the running order."""
    by = -1 if request.form.get("by") == "earlier" else 1
    with transaction():
        speakers.reorder(session, signed_in_person(), queries.speaker_of(session, speaker_id), by=by)
    return to_desk("sessions.edit", session, "speakers")


@bp.post("/<slug>/sessions/<session>/speakers/<int:speaker_id>/again")
@session_desk
def invite_again(session: Session, speaker_id: int) -> ResponseReturnValue:
    """Send the invitation to speak once more."""
    with transaction():
        speakers.invite_again(session, signed_in_person(), queries.speaker_of(session, speaker_id))
    flash(_("The invitation is being sent again."), "ok")
    return to_desk("sessions.edit", session, "speakers")
