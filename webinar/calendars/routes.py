"""The one thing people press here: a fresh calendar address."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webinar.accounts.guards import signed_in, signed_in_person
from webinar.calendars import service
from webinar.calendars.models import FeedKind
from webinar.db.store import transaction

bp = Blueprint("calendars", __name__)


@bp.post("/me/feed")
@signed_in
def renew() -> ResponseReturnValue:
    """Replace one's calendar address of a kind; programs that hold the old one see nothing more."""
    asked = request.form.get("kind")
    kind = FeedKind.ORGANISER if asked == FeedKind.ORGANISER else FeedKind.PERSONAL
    with transaction():
        service.renew(signed_in_person(), kind)
    return redirect(url_for("lobby.agenda"), code=303)
