"""Commands: answers that come in by mail, and new zone data."""
