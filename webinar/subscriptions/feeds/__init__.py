"""The addresses that programs read."""

from webinar.subscriptions.feeds import calendars, files, news
from webinar.subscriptions.feeds.blueprint import bp

__all__ = ["bp", "calendars", "files", "news"]
