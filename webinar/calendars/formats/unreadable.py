"""Unreadable: a mail or a calendar in which no answer can be found."""


class Unreadable(Exception):
    """Nothing can be made of it; a person should look. The text says why, without what was in it."""
