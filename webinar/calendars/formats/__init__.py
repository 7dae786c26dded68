"""Reading what mail programs send back: the mail, the calendar in it, and who vouches for it."""
