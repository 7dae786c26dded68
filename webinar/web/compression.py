"""Answers made small for weak lines: gzip, with a random pad against guessing secrets by length (BREACH)."""

import gzip
import io
import secrets

from flask import Flask, Response, request

SMALLEST = 600
TYPES = {
    *("text/html", "text/plain", "text/csv", "text/calendar", "text/css"),
    *("application/json", "application/problem+json", "application/xml", "application/atom+xml"),
}
MAX_PAD = 100


def compress_answers(app: Flask) -> None:
    """Compress texts of `app` for who accepts gzip. Call this first, so that it runs last."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in TYPES or "Content-Encoding" in response.headers:
        return response
    if response.cache_control.no_transform:  # its strong ETag is that of the bytes as they are
        return response
    response.vary.add("Accept-Encoding")
    if response.is_streamed or response.status_code in {204, 206, 304} or not _accepts_gzip():
        return response
    body = response.get_data()
    if len(body) < SMALLEST:
        return response
    response.set_data(_padded(body))
    response.headers["Content-Encoding"] = "gzip"
    etag, _weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _accepts_gzip() -> bool:
    return request.accept_encodings["gzip"] > 0


def _padded(body: bytes) -> bytes:
    # The pad is the file name that gzip's header may carry (RFC 1952 2.3); readers skip it.
    out = io.BytesIO()
    name = "a" * (1 + secrets.randbelow(MAX_PAD))
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=6, fileobj=out, mtime=0) as packed:
        packed.write(body)
    return out.getvalue()
