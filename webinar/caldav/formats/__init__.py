"""The XML of CalDAV: requests read, answers written."""
