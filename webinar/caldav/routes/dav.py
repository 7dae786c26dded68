"""The door of calendar programs: read-only WebDAV and CalDAV below /dav/."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from webinar.caldav.formats.answers import refusal
from webinar.caldav.formats.tree import node
from webinar.caldav.guards import app_password, program_owner
from webinar.caldav.pages.properties import CONTENT_TYPE
from webinar.caldav.queries.mine import MySessions
from webinar.caldav.routes.blueprint import bp
from webinar.caldav.routes.finding import found
from webinar.caldav.routes.reporting import reported
from webinar.caldav.routes.shelf import Shelf
from webinar.caldav.rules.places import ROOT_PATH, Kind, Place, href, place_of
from webinar.caldav.rules.refused import Refused
from webinar.caldav.rules.tags import dav as tag
from webinar.caldav.service import log
from webinar.db.store import transaction
from webinar.subscriptions.rules.window import window
from webinar.timekeeping import clock
from webinar.web.csrf import csrf

READING = ("OPTIONS", "GET", "HEAD", "PROPFIND", "REPORT")
WRITING = ("PUT", "DELETE", "MKCALENDAR", "MKCOL", "PROPPATCH", "MOVE", "COPY", "LOCK", "UNLOCK", "ACL")
LARGEST = 256 * 1024
"""Bytes that a request may have: a multiget of two thousand addresses."""


@bp.route("/.well-known/caldav", methods=READING, provide_automatic_options=False)
def well_known() -> ResponseReturnValue:
    """Where the calendars are (RFC 6764 5), told to anybody."""
    return redirect(ROOT_PATH, code=301)


@bp.route("/dav", methods=READING + WRITING, provide_automatic_options=False)
@bp.route("/dav/", methods=READING + WRITING, provide_automatic_options=False)
@bp.route("/dav/<path:path>", methods=READING + WRITING, provide_automatic_options=False, merge_slashes=False)
@csrf.exempt  # type: ignore[untyped-decorator]  # programs bring an app password with each request; no cookie counts
@app_password
def dav(path: str = "") -> ResponseReturnValue:
    """Everything that a program asks, told apart by method and place."""
    request.max_content_length = LARGEST
    try:
        answer = _answer(place_of(ROOT_PATH + path))
    except Refused as refused:
        answer = _failed(refused)
    answer.headers["DAV"] = "1, 3, calendar-access"
    answer.headers.setdefault("Cache-Control", "private, no-cache, no-transform")
    return answer


def _answer(place: Place) -> Response:
    if request.method == "OPTIONS":
        return Response(status=200, headers={"Allow": _allowed(place)})
    if request.method in WRITING:
        return _read_only()
    if place.kind is Kind.NOWHERE:
        return Response("There is nothing at this address.\n", 404, mimetype="text/plain")
    answers: dict[str, Callable[[Place, Shelf], Response]] = {
        "PROPFIND": _propfind, "REPORT": _report, "GET": _get, "HEAD": _get,
    }  # fmt: skip
    return answers[request.method](place, _shelf())


def _shelf() -> Shelf:
    """The program's collection, with its log caught up."""
    source = MySessions(program_owner().id, window(clock.now()))
    if log.is_behind(source):
        with transaction():
            log.catch_up(source)
    return Shelf(program_owner(), source)


def _propfind(place: Place, shelf: Shelf) -> Response:
    depth = request.headers.get("Depth", "0").strip().lower()
    if depth not in {"0", "1"}:
        raise Refused(403, tag("propfind-finite-depth"))
    return _multistatus(found(shelf, place, request.get_data(), with_children=depth == "1"), place)


def _report(place: Place, shelf: Shelf) -> Response:
    if place.kind is not Kind.COLLECTION:
        raise Refused(403, tag("supported-report"))
    return _multistatus(reported(shelf, request.get_data()), place)


def _get(place: Place, shelf: Shelf) -> Response:
    if place.kind is not Kind.RESOURCE:
        return Response("A folder, for calendar programs.\n", 405, {"Allow": _allowed(place)})
    held = shelf.held(place.name)
    body = shelf.body(held.uid)
    answer = Response(body, content_type=CONTENT_TYPE)
    answer.set_etag(held.etag)
    answer.last_modified = held.changed_at
    answer.headers["Cache-Control"] = "private, no-cache, no-transform"
    answer.make_conditional(request)
    return answer


def _multistatus(body: bytes, place: Place) -> Response:
    answer = Response(body, HTTPStatus.MULTI_STATUS, content_type="application/xml; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-cache"
    if place.kind is not Kind.RESOURCE and not request.path.endswith("/"):
        answer.headers["Content-Location"] = href(place)
    return answer


def _read_only() -> Response:
    denied = node(
        tag("resource"), node(tag("href"), request.path), node(tag("privilege"), node(tag("write")))
    )
    body = refusal(tag("need-privileges"), denied)
    return Response(body, 403, content_type="application/xml; charset=utf-8")


def _failed(refused: Refused) -> Response:
    if refused.condition:
        body = refusal(refused.condition)
        return Response(body, refused.status, content_type="application/xml; charset=utf-8")
    return Response(f"{refused.sentence}\n", refused.status, mimetype="text/plain")


def _allowed(place: Place) -> str:
    methods = {Kind.RESOURCE: READING[:4], Kind.COLLECTION: ("OPTIONS", "PROPFIND", "REPORT")}
    return ", ".join(methods.get(place.kind, ("OPTIONS", "PROPFIND")))
