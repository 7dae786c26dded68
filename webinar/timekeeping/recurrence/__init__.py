"""Recurring sessions by RFC 5545: rules run in wall time, then each date is localised."""
