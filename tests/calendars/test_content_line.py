"""Content lines: whatever people type, readers get it back and no line breaks the file."""

import unicodedata

import icalendar
import pytest
from hypothesis import example, given

from tests.factories.calendars import HOSTILE
from webinar.calendars.ics.contentline import escaped, escaped_line, folded, parameter
from webinar.calendars.ics.unwritable import Unwritable
from webinar.plaintext import clean_text, one_line


def unfolded(octets: bytes) -> str:
    return octets.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode()


def lines(octets: bytes) -> list[bytes]:
    assert octets.endswith(b"\r\n")
    return octets.removesuffix(b"\r\n").split(b"\r\n")


@given(HOSTILE)
@example("\n\u0303tilde after a newline")
@example("\\" * 10_000)
@example(";," * 5_000)
@example("漢" * 10_000)
@example("👩‍🔬" * 2_500)
def test_every_text_folds_into_whole_characters_of_at_most_75_octets(text: str) -> None:
    octets = folded(f"SUMMARY:{escaped(text)}")
    for line in lines(octets):
        assert len(line) <= 75
        assert line.decode()
        assert b"\n" not in line
        assert b"\r" not in line
    assert unfolded(octets) == f"SUMMARY:{escaped(text)}"


@given(HOSTILE)
@example("\\" * 200 + "n" * 200)
def test_no_fold_stands_between_a_backslash_and_what_it_escapes(text: str) -> None:
    for line in lines(folded(f"DESCRIPTION:{escaped(text)}")):
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0


@given(HOSTILE)
def test_a_text_is_read_back_as_it_was_cleaned(text: str) -> None:
    first, *others = clean_text(text).split("\n")
    wanted = "\n".join([first, *(without_lone_marks(line) for line in others)])
    summary, description = folded(f"SUMMARY:{escaped_line(text)}"), folded(f"DESCRIPTION:{escaped(text)}")
    event = icalendar.Event.from_ical(b"BEGIN:VEVENT\r\n" + summary + description + b"END:VEVENT\r\n")
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (one_line(text), wanted)


@given(HOSTILE)
def test_a_written_line_is_in_nfc_and_holds_no_control_character_but_tab(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    assert unicodedata.is_normalized("NFC", line)
    assert {c for c in line if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs")} <= {"\t"}


@given(HOSTILE)
@example("\\")
@example("a\\;b\\")
def test_a_parameter_is_read_back_as_one_line_without_backslashes(text: str) -> None:
    line = folded(f"ATTENDEE;CN={parameter(text)};RSVP=TRUE:mailto:a@b.example")
    attendee = icalendar.Event.from_ical(b"BEGIN:VEVENT\r\n" + line + b"END:VEVENT\r\n")["ATTENDEE"]
    assert str(attendee) == "mailto:a@b.example"
    assert dict(attendee.params) == {"CN": one_line(text).replace("\\", "/"), "RSVP": "TRUE"}


def test_parameters_are_written_by_rfc_6868_and_quoted_where_readers_need_it() -> None:
    assert parameter("Ada Nwosu") == "Ada Nwosu"
    assert parameter("Nwosu, Ada; MD") == '"Nwosu, Ada; MD"'
    assert parameter('Ada "Ace" ^ Nwosu') == "Ada ^'Ace^' ^^ Nwosu"
    assert parameter("Ødegård") == '"Ødegård"'
    assert parameter("Ada\r\nX-EVIL:1") == '"Ada X-EVIL:1"'


def test_a_line_of_75_octets_stays_whole_and_one_of_76_is_folded() -> None:
    assert folded("A" * 75) == b"A" * 75 + b"\r\n"
    assert folded("A" * 76) == b"A" * 75 + b"\r\n A\r\n"
    assert folded("A" * 74 + "é") == b"A" * 74 + b"\r\n \xc3\xa9\r\n"
    assert folded("A" * 74 + "\\n") == b"A" * 74 + b"\r\n \\n\r\n"
    assert folded("A" * 73 + "\\\\n") == b"A" * 73 + b"\\\\\r\n n\r\n"


@pytest.mark.parametrize("broken", ["SUMMARY:a\nb", "SUMMARY:a\rb"])
def test_a_line_with_a_raw_line_break_is_refused(broken: str) -> None:
    with pytest.raises(Unwritable, match="line break"):
        folded(broken)


def without_lone_marks(line: str) -> str:
    while line and unicodedata.combining(line[0]):
        line = line[1:]
    return line
