"""Calendars that programs subscribe to: their versions, their stored bytes, and the door that serves them."""
