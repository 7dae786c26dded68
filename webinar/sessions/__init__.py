"""Series, sessions, presenters, agenda, stage."""
