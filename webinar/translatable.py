"""Marks sentences that are written in one place and translated in another."""


def N_(words: str) -> str:
    """`words` unchanged; the mark lets extraction find them (GNU gettext manual, 4.7, "Special cases").

    For rules, services and constants, which know no language; pages translate what they get with `_`.
    """
    return words
