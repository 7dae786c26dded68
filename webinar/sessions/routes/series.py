"""The page of a new series."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.sessions import pages, queries
from webinar.sessions.forms.series import SeriesForm
from webinar.sessions.routes.blueprint import bp, lend_habits, status_of, to_desk
from webinar.sessions.service import series
from webinar.societies.guards import current_society, organiser_of


@bp.route("/<slug>/series/new", methods=["GET", "POST"])
@organiser_of
def new_series() -> ResponseReturnValue:
    """Plan a series: make its drafts; the desk shows its dates before, with what is known around them."""
    form = SeriesForm()
    form.offer_languages()
    if form.validate_on_submit():
        try:
            return _create_series(form, pages.series_preview(current_society(), form.plan()))
        except Refusal as refusal:
            form.refuse(refusal)
    elif not form.is_submitted():
        lend_habits(form)
    return render_template(
        "sessions/new_series.html", form=form, preview=None, advice=None, slug=current_society().slug
    ), status_of(form)


def _create_series(form: SeriesForm, preview: pages.SeriesPreview) -> ResponseReturnValue:
    with transaction():
        made = series.plan_series(current_society(), signed_in_person(), form.plan())
        first = queries.of_series(made.id)[0]
        count = len(preview.starts)
        flash(ngettext("%(num)s draft was made.", "%(num)s drafts were made.", count), "ok")
        for sentence in preview.notices:
            flash(sentence, "warn")
        return to_desk("sessions.edit", first)
