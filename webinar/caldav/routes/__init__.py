"""The doors of CalDAV: one for programs, one page for people."""

from webinar.caldav.routes import connect, dav
from webinar.caldav.routes.blueprint import bp

__all__ = ["bp", "connect", "dav"]
