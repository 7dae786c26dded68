"""The forms of scheduling."""
