"""All pages of scheduling, on one blueprint."""

from webinar.scheduling.routes import polls, seasons, votes
from webinar.scheduling.routes.blueprint import bp

__all__ = ["bp", "polls", "seasons", "votes"]
