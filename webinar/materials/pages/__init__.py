"""What the pages of slides show."""
