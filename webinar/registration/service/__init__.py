"""Taking seats, giving them back, and changing between a session's two live hours."""
