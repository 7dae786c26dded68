"""Using, stopping and rotating: what the pages of a fair season send."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Invalid
from webinar.scheduling.pages.season import moves_of
from webinar.scheduling.queries import seasons as queries
from webinar.scheduling.routes.blueprint import bp
from webinar.scheduling.rules.rotation import in_turn, turns
from webinar.scheduling.service import seasons
from webinar.scheduling.service.starts import apply_starts, fingerprint
from webinar.sessions.models import Series, Session
from webinar.sessions.queries import of_society, series_by_slug
from webinar.societies.guards import current_society, organiser_of
from webinar.timekeeping import clock

MOST_TURNS = 6


@bp.post("/<slug>/series/<series>/season/<int:plan_id>/stop")
@organiser_of
def stop(series: str, plan_id: int) -> ResponseReturnValue:
    """Stop looking for a better season; the best so far stays."""
    with transaction():
        seasons.stop(queries.plan_of(_series(series), plan_id))
    flash(_("Stopped. What was found so far stays."), "ok")
    return _to_season(series)


@bp.post("/<slug>/series/<series>/season/<int:plan_id>/apply")
@organiser_of
def apply(series: str, plan_id: int) -> ResponseReturnValue:
    """Give the drafts the starts of a plan."""
    with transaction():
        plan = queries.plan_of(_series(series), plan_id)
        moved = seasons.apply_plan(plan, signed_in_person(), seen=request.form.get("seen", ""))
    _flash_moved(moved)
    return _to_season(series)


@bp.route("/<slug>/series/<series>/rotation", methods=["GET", "POST"])
@organiser_of
def rotation(series: str) -> ResponseReturnValue:
    """The hours of a suggestion in turn over the coming drafts: first to look at, then done."""
    found = _series(series)
    drafts = queries.drafts_of(found, clock.now())
    starts = _in_turn(drafts)
    if request.method == "POST":
        with transaction():
            drafts = queries.drafts_of(_series(series), clock.now())
            moved = apply_starts(drafts, signed_in_person(), starts, seen=request.form.get("seen", ""))
        _flash_moved(moved)
        return _to_season(series)
    return render_template(
        "scheduling/rotation.html",
        series=found,
        moves=moves_of(drafts, starts),
        seen=fingerprint(drafts),
        hours=request.args.get("hours", ""),
        planned=request.args.get("planned", ""),
    )


def _in_turn(drafts: Sequence[Session]) -> Mapping[int, datetime]:
    """The new start of each draft. Raises Invalid where the address names no hours, or hours gone by."""
    asked = [_instant(text) for text in request.values.get("hours", "").split(",")]
    hours = [at for at in asked if at]
    if not 2 <= len(hours) <= MOST_TURNS or len(hours) != len(asked):
        raise Invalid("Please choose the hours on the page of the time finder.")
    planned = of_society(current_society(), request.values.get("planned", ""))
    if not drafts:
        return {}
    chosen = turns(hours, planned.starts_local.date(), planned.zone_name)
    found = in_turn([each.starts_local.date() for each in drafts], chosen, planned.zone_name)
    starts = {each.id: at for each, at in zip(drafts, found, strict=True)}
    # The first may have gone by meanwhile, where it is today's.
    return {each.id: starts[each.id] if starts[each.id] > clock.now() else each.starts_at for each in drafts}


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo and abs(at.year - clock.now().year) <= 20 else None


def _series(slug: str) -> Series:
    return series_by_slug(current_society().id, slug)


def _flash_moved(moved: int) -> None:
    flash(ngettext("%(num)s draft was moved.", "%(num)s drafts were moved.", moved), "ok")


def _to_season(series: str) -> ResponseReturnValue:
    return redirect(url_for("desk.season", slug=current_society().slug, series=series), code=303)
