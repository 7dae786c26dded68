"""All pages of sessions, on one blueprint."""

from webinar.sessions.routes import answers, planning, series, speakers
from webinar.sessions.routes.blueprint import bp

__all__ = ["answers", "bp", "planning", "series", "speakers"]
