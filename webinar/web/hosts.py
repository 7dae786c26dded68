"""Which host names we answer to, and how far reverse proxies are believed (S15)."""

from urllib.parse import urlsplit

from flask import Flask, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from webinar.config import Settings, settings

DEFAULT_PORTS = {"http": 80, "https": 443}


def guard_hosts(app: Flask, configured: Settings) -> None:
    """Answer 400 to any host but that of `configured.base_url`; believe `proxy_hops` proxies, no more."""
    hops = configured.proxy_hops
    if hops:
        fixed = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        app.wsgi_app = fixed  # type: ignore[method-assign]
    app.before_request(_refuse_foreign)


def is_ours(host: str, base_url: str) -> bool:
    """Whether a Host header names the host and port of `base_url`; a default port may be left out."""
    ours = urlsplit(base_url)
    try:
        theirs = urlsplit(f"{ours.scheme}://{host}")
        port = theirs.port
    except ValueError:
        return False
    if theirs.username is not None or theirs.path or theirs.query or theirs.fragment:
        return False
    default = DEFAULT_PORTS[ours.scheme]
    return theirs.hostname == ours.hostname and (port or default) == (ours.port or default)


def _refuse_foreign() -> None:
    if not is_ours(request.environ.get("HTTP_HOST", request.host), settings().base_url):
        abort(400, "This address does not belong to us.")
