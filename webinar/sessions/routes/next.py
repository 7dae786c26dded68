"""The next session of a series: its time and habits are ready, one press makes it a draft."""

from datetime import timedelta

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.sessions.forms.session import DraftForm
from webinar.sessions.guards import series_desk
from webinar.sessions.models import Series, Session
from webinar.sessions.routes.blueprint import bp, status_of, to_desk
from webinar.sessions.rules.start import DoubtfulStart
from webinar.sessions.service.next import next_of, plan_next
from webinar.societies.guards import current_society
from webinar.web.moments import shown


@bp.route("/<slug>/series/<series>/next", methods=["GET", "POST"])
@series_desk
def plan_one_more(series: Series) -> ResponseReturnValue:
    """Accept the next date, or type another, which becomes an extra date."""
    form, offer = DraftForm(), next_of(series)
    form.offer_languages()
    if form.validate_on_submit():
        try:
            with transaction():
                made = plan_next(series, signed_in_person(), form.words(), form.when())
                flash(_("Saved as a draft. Next: the link, then publish."), "ok")
                return to_desk("meetings.link", made)
        except Refusal as refusal:
            form.refuse(refusal)
            if isinstance(refusal, DoubtfulStart):
                form.chosen_at.offer_readings(refusal.choices)
    elif not form.is_submitted():
        form.fill(offer.words)
        form.fill_when(offer.when)
    ends_at = offer.starts_at + timedelta(minutes=series.minutes)
    page = render_template(
        "sessions/next.html",
        form=form,
        series=series,
        showing=shown(offer.starts_at, ends_at, series.zone_name),
        extends=offer.extends,
        last=_words(offer.last),
        slug=current_society().slug,
    )
    return page, status_of(form)


def _words(last: Session | None) -> list[tuple[str, str]]:
    if last is None:
        return []
    said = [
        (_("Title"), last.title),
        (_("Abstract"), last.abstract),
        (_("Learning objectives"), "; ".join(last.objectives)),
    ]
    return [(name, words) for name, words in said if words]
