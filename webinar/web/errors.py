"""The one mapping from errors to answers: a page with a sentence, or JSON below /api (S16, S18)."""

from dataclasses import dataclass

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, Unauthorized

from webinar.refusal import Refusal
from webinar.web.chrome import plain_chrome, wear
from webinar.web.request_ids import request_id
from webinar.web.sizes import file_size


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says: a heading, what happened, what to do; and the number of the request."""

    status: int
    heading: str
    sentence: str
    request_id: str


def map_errors(app: Flask) -> None:
    """Answer refusals and errors of `app` with sentences."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _failed)


def error_answer(status: int, heading: str, sentence: str, field: str | None = None) -> Response:
    """An error as page, or below /api as application/problem+json (RFC 9457)."""
    page = ErrorPage(status, heading, sentence, request_id())
    if request.path.startswith("/api/"):
        problem = {"status": status, "title": heading, "detail": sentence, "request_id": page.request_id}
        response = jsonify({**problem, "field": field} if field else problem)
        response.mimetype = "application/problem+json"
    else:
        response = make_response(render_template("errors/error.html", page=page))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(refusal: Refusal) -> Response:
    heading = _("Not found") if refusal.status == 404 else _("This cannot be done")
    return error_answer(refusal.status, heading, _(refusal.words, **refusal.values), refusal.field)


def _expired(_error: CSRFError) -> Response:
    sentence = _(
        "The form was open for too long, or cookies are switched off. What you typed is not lost: "
        "go back one page, load it again and send it once more."
    )
    return error_answer(400, _("This form has expired"), sentence)


def _failed(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400 or (isinstance(error, Unauthorized) and error.www_authenticate):
        return error.get_response()  # type: ignore[return-value]
    if status >= 500:
        # The frame of a half-built page may be the very thing that failed.
        wear(plain_chrome())
    heading, sentence = _words(error, status)
    response = error_answer(status, heading, sentence)
    for name, value in error.get_headers():
        if name in {"Allow", "Content-Range", "Retry-After", "WWW-Authenticate"}:
            response.headers[name] = value
    return response


def _words(error: HTTPException, status: int) -> tuple[str, str]:
    known = {
        400: (_("We could not read this request"), _("Please go back and try again.")),
        401: (_("Please sign in"), _("This page is for people who are signed in.")),
        403: (_("Not allowed"), _("You are signed in, but this page is not open to you.")),
        404: (
            _("Not found"),
            _("There is nothing at this address. Please check the link, or start from the front page."),
        ),
        405: (
            _("Not possible here"),
            _("This address cannot be used in this way. Please go back and use the page’s own buttons."),
        ),
        410: (_("Gone"), _("What was here has been taken away.")),
        413: (_("Too large"), _too_large(error)),
        415: (_("Wrong kind of data"), _("This address does not take data of that kind.")),
        429: (_("Too many tries"), _("That was quick. Please wait a little and try again.")),
        503: (
            _("Back in a moment"),
            _("The service is being looked after. Please try again in a few minutes."),
        ),
    }
    if status in known:
        return known[status]
    if status < 500:
        return known[400]
    return _("Something failed on our side"), _(
        "Nothing that you did is to blame. Please try again; "
        "if it happens twice, write to us with the number below."
    )


def _too_large(error: HTTPException) -> str:
    most = request.max_content_length if isinstance(error, RequestEntityTooLarge) else None
    if not most:
        return _("What you sent is too large. Nothing was stored.")
    return _(
        "What you sent is too large: the most we take here is %(most)s. Nothing was stored.",
        most=file_size(most),
    )
