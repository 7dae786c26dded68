"""Floors: the least that an answer can cost, constant bytes from a bare WSGI app and from a Flask view."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from flask import Flask, Response, request

BODY = Path(os.environ.get("BENCH_BODY", os.devnull)).read_bytes()
TYPE = os.environ.get("BENCH_TYPE", "text/html; charset=utf-8")
ETAG = '"constant"'


def bare(environ: dict[str, str], start: Callable[..., object]) -> Iterable[bytes]:
    """The body, or 304 to who knows it."""
    if environ.get("HTTP_IF_NONE_MATCH") == ETAG:
        start("304 Not Modified", [("ETag", ETAG)])
        return [b""]
    start("200 OK", [("Content-Type", TYPE), ("Content-Length", str(len(BODY))), ("ETag", ETAG)])
    return [BODY]


def flask_view() -> Flask:
    """A Flask application whose every view is one constant."""
    app = Flask("floor", static_folder=None)

    @app.route("/", methods=["GET", "POST"])
    def constant() -> Response:
        request.get_data()  # an unread body would cost the connection
        return Response(BODY, content_type=TYPE)

    return app
