"""Addresses for mails, calendars and QR codes: whole, and always under the configured base (S15)."""

from typing import Any

from flask import url_for

from webinar.config import settings


def absolute(endpoint: str, **values: Any) -> str:
    """The whole address of an endpoint, whatever host a request came in by."""
    return settings().base_url + url_for(endpoint, _external=False, **values)


def absolute_path(path: str) -> str:
    """The whole address of a path on our origin."""
    return settings().base_url + path
