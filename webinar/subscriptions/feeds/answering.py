"""Turning bytes into the answer to this request."""

import gzip
import hashlib
from collections.abc import Callable
from datetime import datetime

from flask import Response, request

from webinar.config import settings
from webinar.subscriptions.feeds.shelf import Compose, take
from webinar.subscriptions.pages.wishes import variant_of
from webinar.subscriptions.queries.events import Owner
from webinar.subscriptions.rules.answer import Asked, Face, headers, is_fresh, takes_gzip
from webinar.subscriptions.rules.variant import Form, Variant
from webinar.timekeeping import clock
from webinar.web.headers import static_headers


def asked_variant(form: Form = Form.ICS) -> Variant:
    """The variant that this request's parameters ask for."""
    return variant_of(form, request.args)


def feed_answer(owner: Owner, variant: Variant, compose: Compose) -> Response:
    """A feed from the shelf."""
    taken = take(owner, variant, clock.now(), compose)
    face = Face(taken.hash, taken.modified, variant.form.value, is_private=owner.is_secret)
    return _answer(face, lambda zipped: taken.bytes(zipped=zipped))


def file_answer(body: bytes, changed_at: datetime, file_name: str, *, is_private: bool = False) -> Response:
    """One calendar file to open, last changed at `changed_at`."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    face = Face(tag, int(changed_at.timestamp()), Form.ICS.value, is_private, file_name)
    return _answer(face, lambda zipped: gzip.compress(body, mtime=0) if zipped else body)


def _answer(face: Face, read: Callable[[bool], bytes]) -> Response:
    asked = Asked(
        request.headers.get("If-None-Match", ""),
        request.headers.get("If-Modified-Since", ""),
        request.headers.get("Accept-Encoding", ""),
    )
    zipped = takes_gzip(asked.accept_encoding)
    secure = static_headers(settings().base_url).items()
    if is_fresh(face, asked):
        answer = Response(b"", 304, headers(face, secure, zipped=zipped, length=None))
        del answer.headers["Content-Type"]
        return answer
    body = read(zipped)
    return Response(body, 200, headers(face, secure, zipped=zipped, length=len(body)))
