"""The CSRF guard of all unsafe web requests; the app exempts the API, which takes bearer tokens only."""

from flask import Flask
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
HOURS_12 = 12 * 3600


def guard_forms(app: Flask) -> None:
    """Ask every unsafe request of `app` for its CSRF token, good for 12 hours."""
    app.config["WTF_CSRF_TIME_LIMIT"] = HOURS_12
    # Pages with secret addresses send no Referer; the token alone decides.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    csrf.init_app(app)
