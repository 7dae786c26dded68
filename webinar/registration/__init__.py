"""Seats, waiting list, giving a seat back."""
