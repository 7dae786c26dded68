"""What stands in a table, and how a cell is made harmless."""
