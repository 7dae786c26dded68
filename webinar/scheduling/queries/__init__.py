"""What is asked of sessions to schedule well."""
