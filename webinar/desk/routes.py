"""The organisers' composed pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from webinar.refusal import Missing
from webinar.societies.guards import organiser_of

bp = Blueprint("desk", __name__)


@bp.get("/<slug>/desk")
@organiser_of
def home() -> ResponseReturnValue:
    """Filled by the desk's own slice."""
    raise Missing


@bp.get("/<slug>/letters")
@organiser_of
def letters() -> ResponseReturnValue:
    """Filled by the desk's own slice."""
    raise Missing
