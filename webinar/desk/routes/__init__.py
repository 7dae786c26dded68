"""The desk: a society's home and letters, the dates of a series, a session's pages, the machine's health."""

from webinar.desk.routes import health, series, session, society
from webinar.desk.routes.blueprint import bp

__all__ = ["bp", "health", "series", "session", "society"]
