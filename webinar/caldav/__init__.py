"""CalDAV, read-only: one's sessions as a collection that calendar programs keep in step with."""
