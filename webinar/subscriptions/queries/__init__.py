"""Reading what feeds hold, and what is kept of them."""
