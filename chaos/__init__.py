"""Crashes and races against real processes on both databases: `python -m chaos --form short`."""
