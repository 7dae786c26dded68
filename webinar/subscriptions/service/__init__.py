"""Raising versions, and keeping what was composed."""
