"""Append-only log: who did what to what, when."""
