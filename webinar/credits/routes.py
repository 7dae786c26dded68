"""The preview of a session's credits, and the press that awards them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.credits import pages, queries, service
from webinar.credits.forms import AwardForm
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.sessions.guards import session_desk
from webinar.sessions.models import Session

bp = Blueprint("credits", __name__)


@bp.get("/<slug>/sessions/<session>/credits")
@session_desk
def preview(session: Session) -> ResponseReturnValue:
    """A dry run on real attendance: who gets what, and why."""
    return _preview(session, AwardForm())


@bp.post("/<slug>/sessions/<session>/credits/award")
@session_desk
def award(session: Session) -> ResponseReturnValue:
    """Award what the page showed; certificates and their mails follow by themselves."""
    form = AwardForm()
    if form.validate_on_submit():
        try:
            with transaction():
                counts = service.award_session(session, signed_in_person(), seen=form.seen.data or "")
                target = url_for("credits.preview", slug=session.society.slug, session=session.slug)
            flash(
                _("Awarded: %(difference)s.", difference=pages.difference_words(counts) or _("nothing")), "ok"
            )
            return redirect(target, code=303)
        except Refusal as refusal:
            form.refuse(refusal)
            return _preview(session, form, refusal.status)
    return _preview(session, form, 422)


def _preview(session: Session, form: AwardForm, status: int = 200) -> ResponseReturnValue:
    page = pages.preview_page(session, queries.outlook(session))
    form.seen.data = page.seen
    return render_template("credits/preview.html", page=page, form=form), status
