"""Floors: the least that an answer can cost, constant bytes from a bare WSGI app and from a Flask view."""

import gzip
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from flask import Flask, Response, request

from webinar.app import create_app
from webinar.subscriptions.door import EXTENSION

BODY = Path(os.environ.get("BENCH_BODY", os.devnull)).read_bytes()
TYPE = os.environ.get("BENCH_TYPE", "text/html; charset=utf-8")
ETAG = '"constant"'
ZIPPED = gzip.compress(BODY, 6, mtime=0)


def bare(environ: dict[str, str], start: Callable[..., object]) -> Iterable[bytes]:
    """The body, or 304 to who knows it."""
    if environ.get("HTTP_IF_NONE_MATCH") == ETAG:
        start("304 Not Modified", [("ETag", ETAG)])
        return [b""]
    zipped = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    body, coding = (ZIPPED, [("Content-Encoding", "gzip")]) if zipped else (BODY, [])
    start("200 OK", [("Content-Type", TYPE), ("Content-Length", str(len(body))), ("ETag", ETAG), *coding])
    return [body]


def flask_view() -> Flask:
    """A Flask application whose every view is one constant."""
    app = Flask("floor", static_folder=None)

    @app.route("/", methods=["GET", "POST"])
    def constant() -> Response:
        request.get_data()  # an unread body would cost the connection
        if request.headers.get("If-None-Match") == ETAG:
            return Response(status=304, headers={"ETag": ETAG})
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return Response(ZIPPED, content_type=TYPE, headers={"ETag": ETAG, "Content-Encoding": "gzip"})
        return Response(BODY, content_type=TYPE, headers={"ETag": ETAG})

    return app


def pages_alone() -> Flask:
    """Our application with its door shut: every feed goes through Flask."""
    app = create_app()
    app.extensions[EXTENSION].is_open = False
    return app
