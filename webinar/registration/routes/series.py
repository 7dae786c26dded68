"""The doors of a registration for a whole series: all dates, the one join link, leaving."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.db.store import transaction
from webinar.registration import pages
from webinar.registration.guards import series_holder
from webinar.registration.models import SeriesSeat
from webinar.registration.queries.series import series_path
from webinar.registration.routes.blueprint import bp
from webinar.registration.service import series


@bp.get("/a/<token>")
@series_holder
def dates(series_seat: SeriesSeat) -> ResponseReturnValue:
    """All dates that somebody has, each with its ticket; the address is the key."""
    return render_template("registration/dates.html", page=pages.dates_page(series_seat))


@bp.get("/a/<token>/join")
@series_holder
def join(series_seat: SeriesSeat) -> ResponseReturnValue:
    """On to the join link of the date that is on, else of the next; without one, to all dates."""
    return redirect(pages.next_join(series_seat) or series_path(series_seat), code=302)


@bp.route("/a/<token>/leave", methods=["GET", "POST"])
@series_holder
def leave(series_seat: SeriesSeat) -> ResponseReturnValue:
    """Leave the series: the page says what follows, the button gives all coming dates back."""
    if request.method == "POST":
        with transaction():
            series.leave(series_seat)
        flash(_("You left the series. To come after all, register again."), "ok")
        return redirect(series_path(series_seat), code=303)
    return render_template("registration/leave_series.html", page=pages.dates_page(series_seat))
