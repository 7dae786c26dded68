"""iCalendar invitations, updates, cancellations and feeds."""
