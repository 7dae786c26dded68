"""Writing: calendar addresses, inbound mail, and what answers from calendars bring about."""

from webinar.calendars.service.feed_keys import give_feed, note_reading, renew

__all__ = ["give_feed", "note_reading", "renew"]
