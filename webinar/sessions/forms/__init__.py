"""Forms of sessions, of series and of speakers."""
