"""Slides, and what a presenter still owes."""
