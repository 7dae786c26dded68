"""What machines ask: alive, ready, how busy."""

import hmac

import structlog
from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from webinar.config import settings
from webinar.db.migrating import pending
from webinar.desk import queries
from webinar.desk.pages.metrics import metrics_text
from webinar.desk.routes.blueprint import bp
from webinar.outbox.queries import backlog
from webinar.refusal import Missing
from webinar.timekeeping import clock
from webinar.timekeeping.zones import TZDATA_VERSION

log = structlog.get_logger()


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers; nothing else is looked at."""
    return _fresh(jsonify(status="ok", tzdata=TZDATA_VERSION))


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Whether requests can be served: the database answers and is at the newest migration, else 503."""
    trouble = pending(settings().database_url)
    if not trouble:
        return _fresh(jsonify(status="ready"))
    log.error("not ready", database=trouble)
    response = _fresh(jsonify(status="not ready", because="database"))
    response.status_code = 503
    return response


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Prometheus text, for who brings the token of the settings; in demo and test mode open without one."""
    _guard(settings().metrics_token)
    now = clock.now()
    text = metrics_text(
        backlog(now),
        queries.oldest_due_at(now),
        queries.sessions_by_state(),
        queries.seats_by_state(),
        queries.inbound_numbers(),
        now,
    )
    response = make_response(text)
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    return _fresh(response)


def _guard(token: str) -> None:
    if not token and settings().mode == "production":
        raise Missing
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and not hmac.compare_digest(shown.encode(), token.encode()):
        raise Missing


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
