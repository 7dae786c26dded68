"""A fair season for a series: its form and its plan; the audience comes from those who registered."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.desk.pages import fair
from webinar.desk.routes.blueprint import bp
from webinar.refusal import Refusal
from webinar.registration.queries.audience import audience_of
from webinar.scheduling.forms.season import SeasonForm
from webinar.scheduling.pages.season import plan_page
from webinar.scheduling.queries import seasons as queries
from webinar.scheduling.rules.finder import Place
from webinar.scheduling.rules.ledger import ledger, parties
from webinar.scheduling.rules.slots import Wishes
from webinar.scheduling.service.seasons import plan_season, season_of
from webinar.sessions.models import Series
from webinar.sessions.queries import series_by_slug
from webinar.societies.guards import current_society, organiser_of
from webinar.timekeeping import clock
from webinar.timekeeping.zones import city


@bp.route("/<slug>/series/<series>/season", methods=["GET", "POST"])
@organiser_of
def season(series: str) -> ResponseReturnValue:
    """Which hours may be chosen, and the fairest season found so far."""
    found = series_by_slug(current_society().id, series)
    form = SeasonForm()
    if form.validate_on_submit():
        try:
            with transaction():
                _plan(series_by_slug(current_society().id, series), form.wishes())
            flash(_("Here is a fair season. Nothing has moved yet."), "ok")
            return redirect(url_for("desk.season", slug=current_society().slug, series=series), code=303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(found, form), 422 if form.is_submitted() else 200


def _plan(series: Series, wishes: Wishes) -> None:
    now = clock.now()
    audience = audience_of(series.society_id, series.id)
    places = [Place(each.zone_name, each.people) for each in audience.zones]
    held, _whose = queries.held_of(series.society_id, series.id, now)
    asked = season_of(queries.drafts_of(series, now), parties(places, ledger(held, places)), wishes)
    plan_season(series, signed_in_person(), asked, wishes)


def _page(series: Series, form: SeasonForm) -> str:
    now = clock.now()
    drafts, plan = queries.drafts_of(series, now), queries.latest_plan(series)
    if plan is not None and not form.is_submitted():
        form.fill(Wishes(**plan.wishes))
    audience = audience_of(series.society_id, series.id)
    places = [Place(each.zone_name, each.people) for each in audience.zones]
    held, whose = queries.held_of(series.society_id, series.id, now)
    return render_template(
        "desk/season.html",
        series=series,
        society_slug=current_society().slug,
        city=city(series.zone_name),
        form=form,
        drafts=len(drafts),
        page=plan_page(plan, drafts) if plan else None,
        source=fair.source_words(audience.source, audience.people),
        ledger_words=fair.ledger_words(ledger(held, places), whose),
        now=now,
    )
