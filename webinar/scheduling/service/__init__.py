"""Writing polls: opening, answering, settling, changing the zone."""
