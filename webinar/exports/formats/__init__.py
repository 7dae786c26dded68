"""The formats by the ending of their files."""

from collections.abc import Mapping

from webinar.exports.format import Format
from webinar.exports.formats.csv import BOM_CSV, PLAIN_CSV
from webinar.exports.formats.xlsx import XLSX

FORMATS: Mapping[tuple[str, bool], Format] = {
    ("csv", True): BOM_CSV,
    ("csv", False): PLAIN_CSV,
    ("xlsx", True): XLSX,
    ("xlsx", False): XLSX,
}
"""By ending and by whether a byte order mark is wished, which only CSV heeds."""
