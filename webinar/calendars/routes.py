"""The one thing people press here: a fresh calendar address."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from webinar.accounts.guards import signed_in, signed_in_person
from webinar.calendars import service
from webinar.db.store import transaction

bp = Blueprint("calendars", __name__)


@bp.post("/me/feed")
@signed_in
def renew() -> ResponseReturnValue:
    """Replace one's calendar address; programs that hold the old one see nothing more."""
    with transaction():
        service.renew(signed_in_person())
    return redirect(url_for("lobby.agenda"), code=303)
