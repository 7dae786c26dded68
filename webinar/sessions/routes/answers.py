"""What speakers send from their one page, reached by their mailed link."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.sessions import queries
from webinar.sessions.forms.speaker import AnswerForm, ConsentForm, DisclosureForm, ProfileForm
from webinar.sessions.models import Answer, Disclosure, Speaker
from webinar.sessions.routes.blueprint import bp
from webinar.sessions.service import answers
from webinar.societies.guards import frame
from webinar.web.form import Form
from webinar.web.headers import secret_page


@bp.post("/talk/<token>/answer")
def answer(token: str) -> ResponseReturnValue:
    """A speaker answers about the time."""

    def write(speaker: Speaker, form: Any) -> None:
        answers.answer(speaker, Answer(form.answer.data), note=form.note.data, instead=form.instead.data)

    return _answered(token, AnswerForm(), "answer", write)


@bp.post("/talk/<token>/describe")
def describe(token: str) -> ResponseReturnValue:
    """A speaker tells of themselves and the talk."""

    def write(speaker: Speaker, form: Any) -> None:
        answers.describe(
            speaker,
            answers.Profile(form.name.data, form.affiliation.data, form.bio.data, form.talk_title.data),
        )

    return _answered(token, ProfileForm(), "describe", write)


@bp.post("/talk/<token>/disclose")
def disclose(token: str) -> ResponseReturnValue:
    """A speaker declares interests."""

    def write(speaker: Speaker, form: Any) -> None:
        answers.disclose(speaker, Disclosure(form.disclosure.data), form.disclosure_text.data)

    return _answered(token, DisclosureForm(), "disclose", write)


@bp.post("/talk/<token>/consent")
def consent(token: str) -> ResponseReturnValue:
    """A speaker agrees to the recording, or withdraws."""

    def write(speaker: Speaker, form: Any) -> None:
        answers.consent(speaker, form.recording.data == "yes")

    return _answered(token, ConsentForm(), "consent", write)


def _answered(
    token: str, form: Form, what: str, write: Callable[[Speaker, Any], None]
) -> ResponseReturnValue:
    secret_page()
    speaker = queries.by_talk_token(token)
    frame(queries.session_of_id(speaker.session_id).society)
    if form.validate_on_submit():
        try:
            with transaction():
                write(speaker, form)
            flash(_("Thank you, that is saved."), "ok")
            return redirect(f"/talk/{token}", code=303)
        except Refusal as refusal:
            form.refuse(refusal)
    back_url = f"/talk/{token}"
    page = render_template("sessions/talk_answer.html", form=form, what=what, token=token, back_url=back_url)
    return page, 422
