"""Cells that no spreadsheet computes, times as text, names as proposals."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.exports.rules.cell import harmless, plain, restored
from webinar.exports.rules.column import ATTENDANCE
from webinar.exports.rules.moment import day_in_zone, in_utc, in_zone
from webinar.exports.rules.names import proposed

AT = datetime(2026, 10, 14, 18, 30, tzinfo=UTC)
GENERIC = [
    "award_id",
    "activity_id",
    "activity_title",
    "format",
    "starts_at",
    "ends_at",
    "timezone",
    "scheme",
    "scheme_version",
    "unit",
    "role",
    "given_name",
    "family_name",
    "name_on_certificate",
    "email",
    "country",
    "minutes_present",
    "credit_computed",
    "credit_claimed",
    "status",
    "completed_on",
    "certificate_id",
    "issued_at",
    "withdrawn_at",
]


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "  =1",
        "\u200b=1",
        "\ufeff=1",
    ],
)
def test_what_could_be_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "O'Hara", "1.25", "a=b", "'quoted'", " ", "أحمد", "'"])
def test_everything_else_stays_as_it_is(text):
    assert harmless(text) == text


@given(st.text() | st.text("'=+-@＝ x", max_size=6))
def test_reading_a_cell_back_undoes_it(text):
    assert restored(harmless(text)) == text


@given(st.text())
def test_a_cell_is_one_line_without_control_characters(text):
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in plain(text))


def test_nothing_is_an_empty_cell():
    assert (plain(None), plain(0)) == ("", "0")


def test_instants_are_text_in_utc_and_by_the_clock_of_the_event():
    assert in_utc(AT) == "2026-10-14T18:30:00Z"
    assert in_zone(AT, "Asia/Kathmandu") == "2026-10-15T00:15:00+05:45"
    assert day_in_zone(AT, "Asia/Kathmandu") == "2026-10-15"
    assert (in_utc(None), in_zone(None, "Asia/Kathmandu")) == ("", "")


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Lovelace, Ada", "Ada", "Lovelace"),
        ("Ada King Lovelace", "Ada King", "Lovelace"),
        ("Sukarno", "", "Sukarno"),
        ("陳大文", "", "陳大文"),
        ("", "", ""),
    ],
)
def test_given_and_family_name_are_proposed(name, given, family):
    assert proposed(name) == (given, family)


def test_the_columns_are_the_generic_ones_with_local_times_at_the_end():
    assert [each.name for each in ATTENDANCE] == [*GENERIC, "starts_local", "ends_local"]
    assert all(each.says for each in ATTENDANCE)
