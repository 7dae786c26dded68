"""The worker's part: throwing away what nobody reads any more."""

from webinar.subscriptions.service import shelf
from webinar.timekeeping import clock


def tidy() -> None:
    """Once an hour: copies unread for a month, bytes that no copy names, events long past."""
    shelf.tidy(clock.now())
