"""The pages of one session: draft, edit, move, publish, cancel."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.sessions import pages
from webinar.sessions.forms.session import CancelForm, DraftForm, WordsForm
from webinar.sessions.forms.speaker import SpeakerForm
from webinar.sessions.forms.when import HourForm, MoveForm
from webinar.sessions.guards import hour_desk, session_desk
from webinar.sessions.models import Session
from webinar.sessions.routes.blueprint import bp, lend_habits, refuse_when, seen_in, status_of, to_desk
from webinar.sessions.rules.hours import SECOND
from webinar.sessions.rules.start import When
from webinar.sessions.service import draft as drafts
from webinar.sessions.service import publication, timing
from webinar.sessions.service.change import SavedMeanwhile
from webinar.societies.guards import current_society, organiser_of
from webinar.timekeeping import clock


@bp.route("/<slug>/sessions/new", methods=["GET", "POST"])
@organiser_of
def draft() -> ResponseReturnValue:
    """Plan one session; the last one planned lends its habits."""
    form = DraftForm()
    form.offer_languages()
    if form.validate_on_submit():
        try:
            with transaction():
                made = drafts.draft(current_society(), signed_in_person(), form.words(), form.when())
                flash(_("Saved as a draft. Next: speakers, then the link."), "ok")
                return to_desk("sessions.edit", made)
        except Refusal as refusal:
            refuse_when(form, refusal)
    elif not form.is_submitted():
        lend_habits(form)
    return render_template("sessions/draft.html", form=form, slug=current_society().slug), status_of(form)


@bp.route("/<slug>/sessions/<session>/edit", methods=["GET", "POST"])
@session_desk
def edit(session: Session) -> ResponseReturnValue:
    """What the session is about, and who speaks."""
    form = WordsForm()
    meanwhile: tuple[tuple[str, str], ...] = ()
    form.offer_languages()
    if form.validate_on_submit():
        try:
            with transaction():
                drafts.edit(session, signed_in_person(), form.words(), seen_at=seen_in(form))
            flash(_("Saved."), "ok")
            return to_desk("sessions.edit", session)
        except Refusal as refusal:
            refuse_when(form, refusal)
            if isinstance(refusal, SavedMeanwhile):
                meanwhile = pages.differences(form.words(), pages.words_of(session))
                form.seen_at.data = session.changed_at.isoformat()
    return edit_page(session, words=form, meanwhile=meanwhile)


@bp.route("/<slug>/sessions/<session>/time", methods=["GET", "POST"])
@hour_desk
def move(session: Session) -> ResponseReturnValue:
    """When a live hour is; of a second one also how many seats it has."""
    form = HourForm() if session.hour == SECOND else MoveForm()
    if form.validate_on_submit() and not form.asks_what_to_keep(session):
        try:
            with transaction():
                timing.move(session, signed_in_person(), form.wished(session), seen_at=seen_in(form))
                if isinstance(form, HourForm):
                    drafts.seat(session, signed_in_person(), form.capacity.data)
            flash(_("Saved. Whoever must hear of it is being told."), "ok")
            return to_desk("sessions.move", session)
        except Refusal as refusal:
            refuse_when(form, refusal)
            if isinstance(refusal, SavedMeanwhile):
                form.seen_at.data = session.changed_at.isoformat()
    elif not form.is_submitted():
        _show_when(form, session)
    head = pages.head(session, "time", clock.now())
    return render_template("sessions/move.html", form=form, head=head), status_of(form)


def _show_when(form: MoveForm, session: Session) -> None:
    chosen_at = session.starts_at
    form.fill_when(When(session.starts_local, session.zone_name, session.minutes, chosen_at))
    form.seen_at.data = session.changed_at.isoformat()
    if isinstance(form, HourForm):
        form.capacity.data = session.capacity


@bp.post("/<slug>/sessions/<session>/publish")
@session_desk
def publish(session: Session) -> ResponseReturnValue:
    """Make the draft public."""
    with transaction():
        publication.publish(session, signed_in_person())
    flash(_("Published. People can register now."), "ok")
    return to_desk("sessions.edit", session)


@bp.post("/<slug>/sessions/<session>/cancel")
@session_desk
def cancel(session: Session) -> ResponseReturnValue:
    """Call the session off."""
    form = CancelForm()
    if form.validate_on_submit():
        try:
            with transaction():
                publication.cancel(session, signed_in_person(), form.because.data)
            flash(_("Cancelled. Everybody who registered is being told."), "ok")
            return to_desk("sessions.edit", session)
        except Refusal as refusal:
            form.refuse(refusal)
    head = pages.head(session, "cancel", clock.now())
    return render_template("sessions/cancel.html", form=form, head=head), 422


def edit_page(
    session: Session,
    *,
    words: WordsForm | None = None,
    speaker: SpeakerForm | None = None,
    meanwhile: tuple[tuple[str, str], ...] = (),
) -> ResponseReturnValue:
    if words is None or not words.is_submitted():
        words = WordsForm(formdata=None)
        words.offer_languages()
        words.fill(pages.words_of(session))
        words.seen_at.data = session.changed_at.isoformat()
    page = render_template(
        "sessions/edit.html",
        form=words,
        speaker_form=speaker or SpeakerForm(formdata=None),
        speakers=pages.speaker_rows(session.speakers),
        meanwhile=meanwhile,
        head=pages.head(session, "edit", clock.now()),
    )
    return page, 422 if request.method == "POST" else 200
