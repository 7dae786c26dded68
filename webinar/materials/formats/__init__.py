"""File formats of slides: so far PDF."""
