"""What reading a report promises, whatever its layout: evidence in, people or questions out."""

import io
import os
import zipfile
from datetime import UTC, date, datetime

import pytest

from webinar.attendance.format import Answers, NeedsAnswer, Report, Span, UnknownLayout, Unreadable
from webinar.attendance.formats.report import read_report

BERLIN = Answers(zone="Europe/Berlin")
HEADINGS = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\r\n"
ADA = "Ada Obi,ada@clinic.example,03/10/2026 06:00:00 PM,03/10/2026 06:30:00 PM,30,Yes,No\r\n"
PIA = "Pia Lund,Pia@Clinic.example ,03/10/2026 06:10:00 PM,03/10/2026 06:20:00 PM,10,Yes,No\r\n"


def read(
    *pages: str | bytes, answers: Answers = BERLIN, encoding: str = "utf-8-sig", **limits: int
) -> Report:
    files = [io.BytesIO(page if isinstance(page, bytes) else page.encode(encoding)) for page in pages]
    return read_report(files, answers, **limits)


def utc(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, 10, hour, minute, second, tzinfo=UTC)


def codes(report: Report) -> list[str]:
    return [warning.code for warning in report.warnings]


def questions(error: NeedsAnswer) -> list[str]:
    return [question.code for question in error.questions]


# --- identity and union


def test_ada_on_two_devices_counts_the_union_and_her_address_in_lower_case() -> None:
    phone = "ADA OBI,ADA@clinic.example,03/10/2026 06:20:00 PM,03/10/2026 06:40:00 PM,20,Yes,No\r\n"
    report = read(HEADINGS + phone + ADA)
    (ada,) = report.people
    assert ada.spans == (Span(utc(17, 0), utc(17, 40)),)
    assert (ada.name, ada.email, ada.seconds) == ("Ada Obi", "ada@clinic.example", 2400)
    assert ada.rows == (0, 1)
    assert [row.values[0] for row in report.rows] == ["ADA OBI", "Ada Obi"]


def test_a_name_alone_never_joins_the_same_name_with_an_address() -> None:
    guest = "Ada Obi,,03/10/2026 06:30:00 PM,03/10/2026 06:50:00 PM,20,Yes,No\r\n"
    report = read(HEADINGS + ADA + guest)
    assert [(person.email, person.seconds) for person in report.people] == [
        ("ada@clinic.example", 1800),
        (None, 1200),
    ]
    assert codes(report) == ["minute_precision", "name_only", "same_name"]


def test_touching_stays_are_one_and_stays_of_no_length_vanish() -> None:
    more = ADA.replace("06:00:00", "06:30:00").replace("06:30:00 PM,30", "06:45:00 PM,15")
    nothing = PIA.replace("06:20:00", "06:10:00")
    report = read(HEADINGS + ADA + more + nothing)
    ada, pia = report.people
    assert ada.spans == (Span(utc(17, 0), utc(17, 45)),)
    assert (pia.spans, pia.seconds, pia.no_show) == ((), 0, False)


def test_a_missing_leave_time_leaves_the_stay_open_and_the_seconds_unknown() -> None:
    late = "Ada Obi,ada@clinic.example,03/10/2026 06:20:00 PM,,,Yes,No\r\n"
    (ada,) = read(HEADINGS + ADA + late).people
    assert (ada.spans, ada.seconds) == ((Span(utc(17, 0), None),), None)


def test_who_only_waited_is_listed_with_no_time() -> None:
    report = read(HEADINGS + ADA.replace(",No\r", ",Yes\r"))
    assert [(person.seconds, person.spans, person.no_show) for person in report.people] == [(0, (), False)]
    assert codes(report) == ["lobby_dropped"]


def test_the_same_file_twice_and_rows_in_any_order_change_nothing_but_a_warning() -> None:
    once = read(HEADINGS + ADA + PIA)
    twice = read(HEADINGS + ADA + PIA, HEADINGS + PIA + ADA)
    assert twice.people == once.people
    assert codes(twice) == ["minute_precision", "duplicates_dropped"]


def test_cells_that_look_like_formulas_are_data() -> None:
    formula = "=HYPERLINK(1),ada@clinic.example,03/10/2026 06:00:00 PM,03/10/2026 06:30:00 PM,30,@x,No\r\n"
    report = read(HEADINGS + formula)
    assert report.people[0].name == "=HYPERLINK(1)"
    assert report.rows[0].values[5] == "@x"


@pytest.mark.parametrize(
    ("join", "leave", "code"),
    [
        ("soon", "03/10/2026 06:30:00 PM", "unreadable_time"),
        ("", "03/10/2026 06:30:00 PM", "left_without_join"),
        ("03/10/2026 06:30:00 PM", "03/10/2026 06:00:00 PM", "leave_before_join"),
        ("02/30/2026 06:00:00 PM", "02/30/2026 06:30:00 PM", "row_without_times"),
        ("03/10/2026 26:00:00", "03/10/2026 27:00:00", "unreadable_time"),
    ],
)
def test_a_row_whose_times_make_no_sense_counts_nothing_and_is_warned_about(
    join: str, leave: str, code: str
) -> None:
    report = read(HEADINGS + f"Sam Roy,sam@ward.example,{join},{leave},30,Yes,No\r\n" + PIA)
    assert [(person.email, person.seconds) for person in report.people] == [
        ("sam@ward.example", 0),
        ("pia@clinic.example", 600),
    ]
    assert code in codes(report)
    assert len(report.rows) == 2


def test_a_row_without_times_falls_back_on_its_minutes() -> None:
    report = read(HEADINGS + "Sam Roy,sam@ward.example,,,30,Yes,No\r\n" + PIA)
    assert [person.seconds for person in report.people] == [1800, 600]
    assert codes(report) == ["minutes_only", "minute_precision"]


# --- zone and clock changes


def test_zone_and_day_order_are_asked_together() -> None:
    rows = HEADINGS + ADA.replace(" PM", "").replace("06:", "18:")
    with pytest.raises(NeedsAnswer) as asked:
        read(rows, answers=Answers())
    assert questions(asked.value) == ["zone", "day_order"]


def test_an_unknown_zone_is_asked_again_by_name() -> None:
    with pytest.raises(NeedsAnswer) as asked:
        read(HEADINGS + ADA, answers=Answers(zone="Mars/Olympus"))
    assert questions(asked.value) == ["zone"]
    assert "Mars/Olympus" in asked.value.sentence


def test_a_stay_over_the_spring_change_is_an_hour_shorter_than_the_clock_says() -> None:
    row = "Ada Obi,ada@clinic.example,03/29/2026 01:30:00 AM,03/29/2026 03:30:00 AM,60,Yes,No\r\n"
    report = read(HEADINGS + row)
    assert report.people[0].seconds == 3600


def test_a_doubled_hour_is_read_so_that_the_leave_follows_the_join_and_is_warned_about() -> None:
    row = "Ada Obi,ada@clinic.example,10/25/2026 02:50:00 AM,10/25/2026 02:10:00 AM,20,Yes,No\r\n"
    report = read(HEADINGS + row)
    assert report.people[0].seconds == 1200
    assert codes(report) == ["minute_precision", "local_time_ambiguous"]


# --- day order


@pytest.mark.parametrize(
    ("join", "leave"),
    [
        ("10.03.2026 18:00", "10.03.2026 18:30"),
        ("2026-03-10 18:00:00", "2026-03-10 18:30:00"),
        ("3/10/2026 6:00 PM", "3/10/2026 6:30 PM"),
        ("3/10/2026 6:00\u202fPM", "3/10/2026 6:30\u202fPM"),
        ("10 mars 2026 18:00", "10 mars 2026 18:30"),
        ("Mar 10, 2026 18:00:00", "Mar 10, 2026 18:30:00"),
    ],
)
def test_dates_that_are_clear_by_themselves(join: str, leave: str) -> None:
    report = read(HEADINGS + f'Ada,a@x.example,"{join}","{leave}",30,Yes,No\r\n')
    assert report.people[0].spans == (Span(utc(17, 0), utc(17, 30)),)


def test_one_number_above_twelve_settles_all_dates_of_the_file() -> None:
    other = "Pia,pia@x.example,13/03/2026 18:00,13/03/2026 18:30,30,Yes,No\r\n"
    report = read(HEADINGS + "Ada,a@x.example,10/03/2026 18:00,10/03/2026 18:30,30,Yes,No\r\n" + other)
    assert report.people[0].spans == (Span(utc(17, 0), utc(17, 30)),)


def test_an_answer_against_a_number_above_twelve_is_refused() -> None:
    row = "Pia,pia@x.example,13/03/2026 18:00,13/03/2026 18:30,30,Yes,No\r\n"
    with pytest.raises(NeedsAnswer) as asked:
        read(HEADINGS + row, answers=Answers("Europe/Berlin", "mdy"))
    assert questions(asked.value) == ["day_order"]


def test_dates_that_contradict_each_other_cannot_be_read() -> None:
    rows = HEADINGS + "A,a@x.example,13/03/2026 18:00,03/14/2026 18:30,30,Yes,No\r\n"
    with pytest.raises(Unreadable):
        read(rows)


def test_the_day_of_the_session_answers_when_only_one_reading_fits() -> None:
    rows = HEADINGS + "Ada,a@x.example,10/03/2026 18:00,10/03/2026 18:30,30,Yes,No\r\n"
    report = read(rows, answers=Answers("Europe/Berlin", session_day=date(2026, 3, 11)))
    assert report.people[0].spans == (Span(utc(17, 0), utc(17, 30)),)
    with pytest.raises(NeedsAnswer):
        read(rows, answers=Answers("Europe/Berlin", session_day=date(2026, 6, 1)))


# --- encodings, delimiters and what is no report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_with_every_delimiter_is_read(encoding: str, delimiter: str) -> None:
    text = (HEADINGS + ADA.replace("Ada", "Lucía")).replace(",", delimiter)
    report = read(text, encoding=encoding)
    assert [person.name for person in report.people] == ["Lucía Obi"]
    assert codes(report) == ["minute_precision"]


def test_windows_1252_is_read_with_a_warning() -> None:
    report = read(HEADINGS + ADA.replace("Ada", "Zoë"), encoding="cp1252")
    assert report.people[0].name == "Zoë Obi"
    assert codes(report) == ["minute_precision", "decoded_as_cp1252"]


def test_a_spreadsheets_separator_hint_and_blank_lines_do_not_matter() -> None:
    text = "sep=;\r\n\r\n" + (HEADINGS + "\r\n" + ADA).replace(",", ";") + "\r\n;;;;\r\n"
    report = read(text)
    assert [person.seconds for person in report.people] == [1800]
    assert report.rows[0].number == 5


def test_stray_nul_characters_are_dropped() -> None:
    report = read((HEADINGS + ADA.replace("Ada", "A\0da")).encode())
    assert report.people[0].name == "Ada Obi"


def workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\xef\xbb\xbf",
        b" \r\n\r\n",
        b"\xff\xfe",
        workbook(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4,
        os.urandom(5_000_000),
        b"x" * 5_000_000,
        b'"' + b"y" * 5_000_000,
        b"\xff\xfea",
        b"\x81\x8d\x8f" * 50,
        b'{"participants": [',
        b"[" * 100_000,
        b'{"participants": []}',
        b'{"a": ' + b"1" * 5000 + b"}",
        HEADINGS.encode(),
    ],
    ids=range(17),
)
def test_what_is_no_report_is_refused_with_a_sentence(rubbish: bytes) -> None:
    with pytest.raises((Unreadable, UnknownLayout)) as refused:
        read(rubbish)
    assert refused.value.sentence.endswith(".")


def test_a_workbook_is_told_to_become_csv() -> None:
    with pytest.raises(Unreadable) as refused:
        read(workbook())
    assert refused.value.sentence == "This is a workbook. Open it in your spreadsheet and save it as CSV."


def test_a_quotation_mark_that_swallows_rows_is_pointed_out() -> None:
    text = (HEADINGS + '"' + ADA + PIA).replace(",", "\t")
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert refused.value.sentence == "A quotation mark in row 2 is never closed. Remove it and try again."


def test_rows_and_bytes_have_limits() -> None:
    with pytest.raises(Unreadable):
        read(HEADINGS + ADA + PIA, max_rows=1)
    with pytest.raises(Unreadable):
        read(HEADINGS + ADA + PIA, max_bytes=10)


def test_files_of_different_kinds_are_not_one_report() -> None:
    with pytest.raises(Unreadable):
        read(HEADINGS + ADA, '{"participants": [{"name": "Ada"}]}')


# --- columns named by a person

FOREIGN = (
    "Relatório\r\n\r\nQuem;Correio;Entrou;Saiu\r\nAda;ADA@x.example;10/03/2026 18:00;10/03/2026 18:30\r\n"
)
COLUMNS = {"name": "quem", "email": "Correio", "join": "Entrou", "leave": "Saiu"}


def test_an_unknown_layout_names_its_headings_and_asks_for_the_columns() -> None:
    with pytest.raises(UnknownLayout) as asked:
        read(FOREIGN, answers=Answers())
    assert asked.value.columns == ("Quem", "Correio", "Entrou", "Saiu")
    assert asked.value.header_row == 3
    assert questions(asked.value) == ["columns"]


def test_named_columns_are_read_day_first_where_the_headings_are_foreign() -> None:
    report = read(FOREIGN, answers=Answers("Europe/Berlin", columns=COLUMNS))
    assert (report.provider, report.layout) == ("other", "mapped")
    (ada,) = report.people
    assert (ada.name, ada.email, ada.spans) == ("Ada", "ada@x.example", (Span(utc(17, 0), utc(17, 30)),))


def test_named_minutes_give_a_total_and_no_question() -> None:
    text = "Person,Min\nAda,30\nPia,10\n"
    report = read(text, answers=Answers(columns={"name": "Person", "minutes": "Min"}))
    assert [(person.spans, person.seconds) for person in report.people] == [((), 1800), ((), 600)]
    assert codes(report) == ["minutes_only", "name_only"]


def test_a_join_with_minutes_but_no_leave_lasts_those_minutes() -> None:
    text = "Person,In,Min\nAda,2026-03-10 18:00:05,30\nAda,2026-03-10 18:20:00,30\n"
    mapping = {"name": "Person", "join": "In", "minutes": "Min"}
    report = read(text, answers=Answers("Europe/Berlin", columns=mapping))
    assert report.people[0].spans == (Span(utc(17, 0, 5), utc(17, 50)),)


@pytest.mark.parametrize(
    "columns",
    [{"name": "Nobody", "join": "Entrou"}, {"join": "Entrou"}, {"name": "Quem"}, {"shoe": "Quem"}],
)
def test_a_mapping_that_cannot_do_is_asked_again(columns: dict[str, str]) -> None:
    with pytest.raises(UnknownLayout) as asked:
        read(FOREIGN, answers=Answers(columns=columns))
    assert asked.value.columns == ("Quem", "Correio", "Entrou", "Saiu")


def test_times_that_say_utc_need_no_zone() -> None:
    text = "Who,In (UTC),Out (UTC)\nAda,2026-03-10 17:00,2026-03-10 17:30\n"
    report = read(text, answers=Answers(columns={"name": "Who", "join": "In (UTC)", "leave": "Out (UTC)"}))
    assert report.people[0].spans == (Span(utc(17, 0), utc(17, 30)),)
    assert report.people[0].role is None
