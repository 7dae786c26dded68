"""All pages of attendance, on one blueprint."""

from webinar.attendance.routes import closing, joining, queue, reports
from webinar.attendance.routes.blueprint import bp

__all__ = ["bp", "closing", "joining", "queue", "reports"]
