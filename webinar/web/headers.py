"""Security headers of every answer, errors and static files included (S2, S15)."""

import secrets
from typing import cast

from flask import Flask, Response, g, request

from webinar.config import settings

HSTS = "max-age=31536000; includeSubDomains"
STATIC = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
}


def guard_headers(app: Flask) -> None:
    """Send the security headers with every answer of `app`."""
    app.after_request(_secure)


def csp_nonce() -> str:
    """The nonce that lets one script of this answer run; new for each request."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return cast(str, g.csp_nonce)


def private_page() -> None:
    """Mark the answer of this request as one person's own: only their browser may keep it."""
    g.private_page = True


def secret_page() -> None:
    """Mark a page whose address is a secret (S10): private, not indexed, address never passed on."""
    g.private_page = g.secret_page = True


def static_headers(base_url: str) -> dict[str, str]:
    """Headers of static files, which carry no nonce."""
    policy = "default-src 'none'; frame-ancestors 'none'"
    https = {"Strict-Transport-Security": HSTS} if base_url.startswith("https://") else {}
    return {**STATIC, "Content-Security-Policy": policy, **https}


def _policy() -> str:
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{csp_nonce()}'; style-src 'self'; img-src 'self'; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )


def _secure(response: Response) -> Response:
    headers = dict(STATIC)
    headers["Content-Security-Policy"] = _policy()
    if request.is_secure or settings().base_url.startswith("https://"):
        headers["Strict-Transport-Security"] = HSTS
    if g.get("secret_page"):
        headers |= {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
        response.headers["Referrer-Policy"] = "no-referrer"
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if g.get("private_page"):
        response.headers["Cache-Control"] = "private, no-store"
        response.vary.add("Cookie")
    elif "Cache-Control" not in response.headers:
        # Even public pages show the visitor's zone and theme, kept in cookies.
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Cookie")
    return response
