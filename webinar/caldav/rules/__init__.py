"""What CalDAV asks and answers, decided without a database or a request."""
