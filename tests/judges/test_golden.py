"""Golden files: what the product writes of each described oddity, unchanged until somebody means to change it."""

import icalendar
import pytest

from tests.judges.corpus.cases import CASES, GOLDEN
from tests.judges.expectation import Expectation


@pytest.mark.parametrize("name", CASES)
def test_the_bytes_are_those_that_the_product_writes(name: str) -> None:
    assert (GOLDEN / f"{name}.ics").read_bytes() == CASES[name].octets


@pytest.mark.parametrize("name", CASES)
def test_the_expectation_is_what_the_recurrence_engine_says_of_the_input(name: str) -> None:
    assert Expectation.read(GOLDEN / f"{name}.json") == CASES[name].expected


def test_each_golden_file_has_its_case() -> None:
    both = sorted(f"{name}.{ending}" for name in CASES for ending in ("ics", "json"))
    assert sorted(path.name for path in GOLDEN.iterdir()) == both


@pytest.mark.parametrize("name", CASES)
def test_each_golden_file_keeps_the_laws_of_lines(name: str) -> None:
    octets = (GOLDEN / f"{name}.ics").read_bytes()
    [calendar] = icalendar.Calendar.from_ical(octets, multiple=True)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    assert max(map(len, octets.split(b"\r\n"))) <= 75
    assert octets.count(b"\n") == octets.count(b"\r") == octets.count(b"\r\n")
    assert [piece for piece in octets.split(b"\r\n ") if piece[:1] and piece[0] & 0xC0 == 0x80] == []
