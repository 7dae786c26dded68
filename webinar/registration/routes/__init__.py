"""All doors of registering, on one blueprint."""

from webinar.registration.routes import seats, series
from webinar.registration.routes.blueprint import bp

__all__ = ["bp", "seats", "series"]
