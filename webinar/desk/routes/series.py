"""The dates of a series before it is made: whom they reach at which hour, what they meet."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webinar.desk.pages.advice import SeriesAdvice, series_advice
from webinar.desk.routes.blueprint import bp
from webinar.refusal import Refusal
from webinar.registration.queries.audience import audience_of
from webinar.scheduling.queries.elsewhere import same_audience
from webinar.sessions.forms.series import SeriesForm
from webinar.sessions.pages import series_preview
from webinar.sessions.service.series import SeriesPlan, dates_of
from webinar.societies.guards import current_society, organiser_of
from webinar.timekeeping.intervals import Interval


@bp.route("/<slug>/series/new/dates", methods=["GET", "POST"])
@organiser_of
def series_dates() -> ResponseReturnValue:
    """Show what a plan gives and what to know of it; nothing is written."""
    if request.method == "GET":  # somebody changed the zone or language of this page
        return redirect(url_for("sessions.new_series", slug=current_society().slug), code=303)
    form, preview, advice = SeriesForm(), None, None
    form.offer_languages()
    if form.validate_on_submit():
        try:
            plan = form.plan()
            preview = series_preview(current_society(), plan)
            advice = _advice(plan)
        except Refusal as refusal:
            form.refuse(refusal)
    page = render_template(
        "sessions/new_series.html", form=form, preview=preview, advice=advice, slug=current_society().slug
    )
    return page, 200 if preview else 422


def _advice(plan: SeriesPlan) -> SeriesAdvice:
    society = current_society()
    _rule, found = dates_of(plan)
    spans = [Interval(each.start_at, each.end_at) for each in found]
    near = same_audience(society.id, spans[0].start, max(span.end for span in spans))
    return series_advice(spans, found[0].zone_name, audience_of(society.id, None), near)
