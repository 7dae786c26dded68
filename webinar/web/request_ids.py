"""A number for each request, to find it again in the log: on error pages and in X-Request-Id."""

import secrets
from typing import cast

from flask import Flask, Response, g


def number_requests(app: Flask) -> None:
    """Give every answer of `app` its number."""
    app.after_request(_show)


def request_id() -> str:
    """The number of this request, such as "7f3a91c0d2e4"."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return cast(str, g.request_id)


def _show(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    return response
