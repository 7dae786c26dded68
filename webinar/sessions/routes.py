"""Filled by the sessions' own slice."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from webinar.refusal import Missing
from webinar.societies.guards import organiser_of

bp = Blueprint("sessions", __name__)


@bp.get("/<slug>/sessions/new")
@organiser_of
def draft() -> ResponseReturnValue:
    """Filled by the sessions' own slice."""
    raise Missing


@bp.get("/<slug>/series/new")
@organiser_of
def new_series() -> ResponseReturnValue:
    """Filled by the sessions' own slice."""
    raise Missing
