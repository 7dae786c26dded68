"""All pages of sessions, on one blueprint."""

from webinar.sessions.routes import answers, hours, planning, series, speakers
from webinar.sessions.routes.blueprint import bp

__all__ = ["answers", "bp", "hours", "planning", "series", "speakers"]
