"""Mails and sweeps of scheduling."""
