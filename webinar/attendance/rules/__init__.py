"""Whose row a report shows, how long somebody was there, whether a press is a visit: pure decisions."""
