"""Awards by dated rules."""
