"""What the pages of scheduling show."""
