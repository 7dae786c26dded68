"""Lays the ground floor under an app: everything that each page has, in the one right order."""

from flask import Flask

from webinar.config import Settings
from webinar.web.assets import static_files
from webinar.web.bodies import bound_bodies
from webinar.web.compression import compress_answers
from webinar.web.csrf import guard_forms
from webinar.web.errors import map_errors
from webinar.web.filters import furnish_templates
from webinar.web.headers import guard_headers
from webinar.web.hosts import guard_hosts
from webinar.web.languages import speak
from webinar.web.preferences import keep_choices
from webinar.web.request_ids import number_requests


def lay_ground(app: Flask, configured: Settings) -> None:
    """Equip `app`, made with `static_folder=None` and `webinar/templates`, with the ground floor.

    Afterwards the app registers its own `before_request` that calls `see_as` and `wear`.
    """
    app.extensions["webinar.settings"] = configured
    app.config["SECRET_KEY"] = configured.secret_key
    _bake_cookies(app, configured)
    compress_answers(app)
    static_files(app, configured)
    guard_hosts(app, configured)
    number_requests(app)
    guard_headers(app)
    bound_bodies(app)
    guard_forms(app)
    speak(app)
    furnish_templates(app)
    keep_choices(app)
    map_errors(app)


def _bake_cookies(app: Flask, configured: Settings) -> None:
    https = configured.base_url.startswith("https://")
    app.config["SESSION_COOKIE_NAME"] = "__Host-webinar" if https else "webinar"
    app.config["SESSION_COOKIE_SECURE"] = https
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
