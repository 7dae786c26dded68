"""Decisions about time: pure, values in and values out."""
