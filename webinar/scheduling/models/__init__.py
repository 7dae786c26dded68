"""The tables of scheduling."""
