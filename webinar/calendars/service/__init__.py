"""Writing: calendar addresses, inbound mail, and what answers from calendars bring about."""
