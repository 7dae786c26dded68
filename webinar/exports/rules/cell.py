"""A cell of a table that no spreadsheet can take for a formula (S7)."""

from webinar.plaintext import one_line

_FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
_HIDDEN = "'\u200b\u200c\u200d\u2060\ufeff \u00a0\u3000"


def plain(value: object) -> str:
    """`value` as text for a cell: nothing for None, one line, without control characters."""
    return "" if value is None else one_line(str(value))


def harmless(text: str) -> str:
    """`text` with a leading ' where a spreadsheet would otherwise compute it; `restored` undoes it.

    Blanks and invisible characters before the sign do not help it: some programs trim them.
    """
    return f"'{text}" if _could_compute(text) else text


def restored(cell: str) -> str:
    """What stood in the cell before `harmless`: for reading our own tables back."""
    return cell[1:] if cell.startswith("'") and _could_compute(cell) else cell


def _could_compute(text: str) -> bool:
    # Apostrophes count as invisible too, so that a text that begins with one comes back unchanged.
    first = text.lstrip(_HIDDEN)[:1]
    return bool(first) and first in _FORMULA_STARTS
