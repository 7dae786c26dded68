"""Given and family name, proposed from the one name that people type."""


def proposed(name: str) -> tuple[str, str]:
    """(given, family): "Lovelace, Ada" at the comma, else the last word is the family name.

    A proposal only: names do not all work like that, and the full name stands beside it.
    """
    family, comma, given = name.partition(",")
    if comma:
        return given.strip(), family.strip()
    given, _, family = name.strip().rpartition(" ")
    return given.strip(), family
