"""How much one request may send: 1 MB, and more only where a view says so (S18)."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

from webinar.config import Settings, settings

MAX_BODY = 1024 * 1024
MAX_TEXT = 512 * 1024
ENVELOPE = 64 * 1024  # boundaries and the other fields around a file

View = TypeVar("View", bound=Callable[..., object])


def bound_bodies(app: Flask) -> None:
    """Answer 413 to larger bodies. Call this before the CSRF guard, which reads the form."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_TEXT
    app.config["MAX_FORM_PARTS"] = 500
    app.before_request(_let_large_in)


def large_body(limit: Callable[[Settings], int]) -> Callable[[View], View]:
    """Decorate an upload's view: `@large_body(lambda s: s.upload_max_bytes)`, below the route."""

    def mark(view: View) -> View:
        view.largest_body = limit  # type: ignore[attr-defined]
        return view

    return mark


def _let_large_in() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    limit = getattr(view, "largest_body", None)
    if limit is not None:
        request.max_content_length = limit(settings()) + ENVELOPE
