"""The command `webinar attendance parse`: exit status and one JSON object on standard output."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from webinar.attendance.cli import group

GOLDEN = Path(__file__).parent.parent / "golden" / "attendance"
T2 = str(GOLDEN / "teams_T2_sections_2022_be_dmy.csv")


def parse(*args: str) -> tuple[int, Any]:
    result = CliRunner().invoke(group, ["parse", *args, "--json"], catch_exceptions=False)
    return result.exit_code, json.loads(result.stdout)


def test_a_file_that_is_no_report_ends_with_1(tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(b"")
    assert parse(str(file)) == (1, {"error": {"code": "unreadable", "message": "The file is empty."}})


def test_a_file_that_is_not_there_ends_with_1(tmp_path: Path) -> None:
    status, said = parse(str(tmp_path / "gone.csv"))
    assert (status, said["error"]["code"]) == (1, "unreadable")


def test_questions_end_with_2_and_name_their_options() -> None:
    status, said = parse(T2)
    assert (status, said["error"]["code"]) == (2, "needs_answer")
    asked = [(each["code"], each["option"]) for each in said["error"]["questions"]]
    assert asked == [("zone", "--zone"), ("day_order", "--day-order")]


def test_only_what_is_still_open_is_asked() -> None:
    status, said = parse(T2, "--zone", "Europe/Berlin")
    assert (status, [each["code"] for each in said["error"]["questions"]]) == (2, ["day_order"])


def test_an_unknown_layout_ends_with_2_and_its_headings(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Who,Mail,In,Out\nAda,ada@x.example,2026-03-10 18:00,2026-03-10 18:30\n")
    status, said = parse(str(file))
    assert status == 2
    assert said["error"]["code"] == "unknown_layout"
    assert said["error"]["columns"] == ["Who", "Mail", "In", "Out"]
    assert said["error"]["header_row"] == 1
    assert [(each["code"], each["option"]) for each in said["error"]["questions"]] == [("columns", "--map")]
    options = ["--map", "name=Who", "--map", "email=mail", "--map", "join=In", "--map", "leave=Out"]
    status, said = parse(str(file), *options, "--zone", "Asia/Kathmandu")
    assert (status, said["layout"], said["provider"]) == (0, "mapped", "other")
    assert said["people"] == [
        {
            "name": "Ada",
            "email": "ada@x.example",
            "registrant_id": None,
            "role": None,
            "intervals": [{"from": "2026-03-10T12:15:00Z", "to": "2026-03-10T12:45:00Z"}],
            "seconds": 1800,
            "no_show": False,
        }
    ]


def test_without_json_people_and_questions_are_plain_sentences() -> None:
    asked = CliRunner().invoke(group, ["parse", T2, "--zone", "Europe/Berlin"])
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert asked.stderr == "Does the day or the month come first in these dates?\n"
    told = CliRunner().invoke(group, ["parse", T2, "--zone", "Europe/Berlin", "--day-order", "dmy"])
    assert told.exit_code == 0
    assert told.stdout.splitlines()[1] == "Amara Okonkwo-Lind  amara.okonkwo@cardio-society.example  4020 s"


def test_a_mapping_without_a_known_field_is_a_usage_error() -> None:
    assert CliRunner().invoke(group, ["parse", T2, "--map", "shoe=Who"]).exit_code == 2
