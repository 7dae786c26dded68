"""The desk: a society's home and letters, a series' dates and season, a session's pages, the machine's health."""

from webinar.desk.routes import finder, health, reshape, season, series, session, society
from webinar.desk.routes.blueprint import bp

__all__ = ["bp", "finder", "health", "reshape", "season", "series", "session", "society"]
