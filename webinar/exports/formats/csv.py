"""CSV by RFC 4180: UTF-8, CRLF, every field quoted, nothing that could be taken for a formula."""

from collections.abc import Iterator
from dataclasses import dataclass

from webinar.exports.format import Row, Table
from webinar.exports.rules.cell import harmless

_BOM = "\ufeff"
_ROWS_PER_PIECE = 200


@dataclass(frozen=True)
class CsvFormat:
    """`bom` puts the mark first by which Excel knows UTF-8."""

    bom: bool
    mimetype: str = "text/csv; charset=utf-8; header=present"

    def write(self, table: Table) -> Iterator[bytes]:
        """The heading at once, then the rows in pieces of 200."""
        yield ((_BOM if self.bom else "") + _line(table.heading)).encode()
        piece: list[str] = []
        for row in table.rows:
            piece.append(_line(row))
            if len(piece) == _ROWS_PER_PIECE:
                yield "".join(piece).encode()
                piece.clear()
        if piece:
            yield "".join(piece).encode()


def _line(row: Row) -> str:
    return ",".join('"' + harmless(cell).replace('"', '""') + '"' for cell in row) + "\r\n"


BOM_CSV = CsvFormat(bom=True)
PLAIN_CSV = CsvFormat(bom=False)
