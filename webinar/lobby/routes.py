"""The public pages: programme, session, ticket, agenda, help; they only read."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from webinar.refusal import Missing

bp = Blueprint("lobby", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    """Filled by the lobby's own slice."""
    raise Missing


@bp.get("/me")
def agenda() -> ResponseReturnValue:
    """Filled by the lobby's own slice."""
    raise Missing


@bp.get("/help")
def help() -> ResponseReturnValue:
    """Filled by the lobby's own slice."""
    raise Missing


@bp.get("/<slug>")
def society(slug: str) -> ResponseReturnValue:
    """Filled by the lobby's own slice."""
    raise Missing


@bp.get("/<slug>/programme")
def programme(slug: str) -> ResponseReturnValue:
    """Filled by the lobby's own slice."""
    raise Missing


@bp.get("/s/<session>")
def session(session: str) -> ResponseReturnValue:
    """Filled by the lobby's own slice."""
    raise Missing


@bp.get("/t/<token>")
def ticket(token: str) -> ResponseReturnValue:
    """Filled by the lobby's own slice."""
    raise Missing
