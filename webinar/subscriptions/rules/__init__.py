"""Decisions about feeds, without database and framework."""
