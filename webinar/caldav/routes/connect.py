"""The page where people connect their calendar programs, and take that back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in, signed_in_person
from webinar.caldav.forms import DeviceForm
from webinar.caldav.pages.connect import connect_page
from webinar.caldav.queries import passwords as queries
from webinar.caldav.routes.blueprint import bp
from webinar.caldav.service import passwords as service
from webinar.db.store import transaction
from webinar.web.headers import private_page


@bp.get("/me/calendars")
@signed_in
def connect() -> ResponseReturnValue:
    """How to connect a calendar program, and which ones are."""
    return _shown(DeviceForm())


@bp.post("/me/calendars")
@signed_in
def make() -> ResponseReturnValue:
    """A new app password; this answer is the only one that shows it."""
    form = DeviceForm()
    if not form.validate_on_submit():
        return _shown(form), 422
    device = form.device.data or ""
    with transaction():
        secret = service.make(signed_in_person(), device)
    return _shown(DeviceForm(formdata=None), secret, device)


@bp.post("/me/calendars/<int:password_id>/revoke")
@signed_in
def revoke(password_id: int) -> ResponseReturnValue:
    """One program reads nothing more from now on."""
    with transaction():
        device = service.revoke(signed_in_person(), password_id).device
    flash(_("%(device)s can read your calendar no more.", device=device), "ok")
    return redirect(url_for("caldav.connect"), code=303)


def _shown(form: DeviceForm, secret: str = "", secret_for: str = "") -> str:
    private_page()
    person = signed_in_person()
    page = connect_page(person, queries.live_of(person.id), secret, secret_for)
    return render_template("caldav/connect.html", page=page, form=form)
