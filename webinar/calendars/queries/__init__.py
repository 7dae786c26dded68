"""Reading: what feeds hold, and what came back from calendars."""
