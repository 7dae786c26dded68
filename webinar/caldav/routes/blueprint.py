"""The blueprint of CalDAV and of its page."""

from flask import Blueprint

bp = Blueprint("caldav", __name__)
