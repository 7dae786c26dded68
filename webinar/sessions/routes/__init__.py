"""All pages of sessions, on one blueprint."""

from webinar.sessions.routes import answers, hours, next, planning, reshape, series, speakers
from webinar.sessions.routes.blueprint import bp

__all__ = ["answers", "bp", "hours", "next", "planning", "reshape", "series", "speakers"]
