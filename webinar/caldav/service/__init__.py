"""Writes of app passwords and of the log behind sync tokens."""
