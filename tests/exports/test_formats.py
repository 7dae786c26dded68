"""One table, two formats: read back by other programs, and by nobody as a formula."""

import csv
import io
from itertools import count

import openpyxl
import pytest

from webinar.exports.format import Table
from webinar.exports.formats import FORMATS
from webinar.exports.formats.csv import BOM_CSV, PLAIN_CSV
from webinar.exports.formats.xlsx import XLSX

HOSTILE = [
    "=cmd|' /C calc'!A0",
    'say "hi"',
    "a,b;c",
    "İbrahim Şahin",
    "अनिता शर्मा",
    "محمد",
    "0012",
    "",
    "2026-10-14",
]
TABLE = ("Name", "Note")


def table(*rows):
    return Table("Attendance", TABLE, rows)


def test_csv_is_utf8_with_every_field_quoted_and_crlf():
    text = b"".join(PLAIN_CSV.write(table(("Ada", 'say "hi"'), ("=1+1", "")))).decode("utf-8")
    assert text == '"Name","Note"\r\n"Ada","say ""hi"""\r\n"\'=1+1",""\r\n'


def test_the_mark_for_excel_comes_first_if_wished():
    assert b"".join(BOM_CSV.write(table())) == b'\xef\xbb\xbf"Name","Note"\r\n'


def test_csv_is_read_back_by_another_reader():
    text = b"".join(PLAIN_CSV.write(table(*((cell, "x") for cell in HOSTILE)))).decode()
    cells = [row[0] for row in csv.reader(io.StringIO(text, newline=""))]
    assert cells == ["Name", "'" + HOSTILE[0], *HOSTILE[1:]]


def test_the_heading_leaves_before_the_first_row_is_read():
    numbers = count()
    rows = ((str(next(numbers)), "x") for _ in range(1000))
    written = PLAIN_CSV.write(Table("t", TABLE, rows))
    next(written)
    assert next(numbers) == 0


@pytest.mark.parametrize("number", [0, 1, 199, 200, 201, 1000])
def test_no_row_is_lost_between_pieces(number):
    text = b"".join(PLAIN_CSV.write(table(*[("x", str(n)) for n in range(number)]))).decode()
    assert len(text.splitlines()) == number + 1


def test_every_cell_of_the_workbook_is_a_string():
    book = openpyxl.load_workbook(io.BytesIO(b"".join(XLSX.write(table(*((cell, "7") for cell in HOSTILE))))))
    sheet = book.active
    found = [(row[0].value or "", row[0].data_type) for row in sheet.iter_rows(min_row=2)]
    assert found == [(cell, "s") for cell in HOSTILE]
    assert {row[1].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}


def test_the_workbook_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    b"".join(XLSX.write(table(("Ada", "x"))))
    assert list(tmp_path.iterdir()) == []


def test_the_formats_are_found_by_their_ending():
    assert set(FORMATS) == {("csv", True), ("csv", False), ("xlsx", True), ("xlsx", False)}
    assert "text/csv" in FORMATS["csv", False].mimetype
