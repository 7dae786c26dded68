"""Writing sessions: drafting, timing, publishing, series, speakers and their answers."""
