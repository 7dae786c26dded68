"""What calendars show, and what an answer from one means, decided without a database."""
