"""Finding seats, counting them, and knowing whom a series reaches."""
