"""XLSX: one sheet, every cell a string, written row by row to a temporary file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook

from webinar.exports.format import Table

_PIECE = 64 * 1024
_LONGEST_CELL = 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class XlsxFormat:
    """Office Open XML; a spreadsheet shows what stands in it and computes nothing."""

    mimetype: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, table: Table) -> Iterator[bytes]:
        """The whole file is made first: its directory stands at the end."""
        with TemporaryDirectory(prefix="webinar-export-") as folder:
            path = Path(folder) / "table.xlsx"
            _fill(path, table)
            with path.open("rb") as made:
                while piece := made.read(_PIECE):
                    yield piece


def _fill(path: Path, table: Table) -> None:
    with Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)}) as book:
        sheet = book.add_worksheet("Attendance")
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for at, cell in enumerate(table.heading):
            sheet.write_string(0, at, cell, bold)
        for number, row in enumerate(table.rows, 1):
            for at, cell in enumerate(row):
                sheet.write_string(number, at, cell[:_LONGEST_CELL])


XLSX = XlsxFormat()
