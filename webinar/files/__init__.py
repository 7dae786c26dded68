"""Uploads: names, sizes, types, storage."""
