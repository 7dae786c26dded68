"""Sessions and series as calendars show them."""
