"""Societies, members, roles, branding."""
