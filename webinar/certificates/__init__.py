"""Proof of credit, and the page that verifies it."""
