"""Expanding events: every written case, by function and by command, and what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from webinar.timekeeping import zones
from webinar.timekeeping.cli import timekeeping
from webinar.timekeeping.recurrence.answer import Listed, Normalised, Refused, expand
from webinar.timekeeping.recurrence.values import stamp

KNOWN = json.loads(Path(__file__).with_name("time-cases.json").read_text(encoding="utf-8"))
CASES = KNOWN["cases"]


def named(cases):
    return [pytest.param(case, id=case["name"]) for case in cases]


def run(*arguments: str) -> tuple[int, object]:
    result = CliRunner().invoke(timekeeping, list(arguments))
    return result.exit_code, json.loads(result.stdout)


def event(zone: str = "Europe/London", **rule: object) -> dict[str, object]:
    return {"zone": zone, "rule": {"dtstart": "2026-10-13T18:00", "duration": "PT1H", **rule}}


@pytest.mark.parametrize("case", named(CASES))
def test_a_written_case_expands_as_expected(case, tmp_path):
    expected = case.get("expected_dates") or case["expected_utc"]
    answer = expand(case)
    assert isinstance(answer, Normalised if case["expect"] == "normalised" else Listed)
    assert list(answer.items) == expected
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    code, body = run("expand", str(tmp_path / "case.json"))
    assert code == 0
    assert (body["normalised"] if case["expect"] == "normalised" else body) == expected


@pytest.mark.parametrize("case", named(case for case in CASES if "expected_end_utc" in case))
def test_ends_are_printed_with_starts(case, tmp_path):
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    assert run("expand", str(tmp_path / "case.json"), "--ends") == (
        0,
        [
            {"start": start, "end": end}
            for start, end in zip(case["expected_utc"], case["expected_end_utc"], strict=True)
        ],
    )


@pytest.mark.parametrize("case", named(CASES))
def test_the_form_refuses_doubtful_single_starts_and_nothing_else(case, tmp_path):
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    code, body = run("expand", str(tmp_path / "case.json"), "--form")
    if "form" in case:
        assert (code, body["choices"]) == (2, case["form"]["choices"])
    else:
        assert (code, body) == (0, expand(case).json())


@pytest.mark.parametrize("case", named(KNOWN["bad_input"]))
def test_bad_input_is_refused_with_a_sentence_and_exit_code_2(case, tmp_path):
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    code, body = run("expand", str(tmp_path / "case.json"))
    assert (code, list(body)) == (2, ["refused"])
    assert body["refused"].endswith(".")


def test_a_file_that_is_missing_or_no_json_is_refused(tmp_path):
    gone, broken = tmp_path / "gone.json", tmp_path / "broken.json"
    broken.write_bytes(b"\xff{")
    assert run("expand", str(gone)) == (2, {"refused": f"The file {gone} cannot be opened. Check its name."})
    assert run("expand", str(broken)) == (
        2,
        {"refused": f"The file {broken} is not JSON. Give one case as a JSON object."},
    )


@pytest.mark.parametrize("zone", KNOWN["zones"], ids=lambda zone: zone["name"])
def test_a_zone_is_looked_up_by_either_name(zone):
    assert run("zone", zone["name"], "--json") == (0, {"iana": zone["iana"], "windows": zone["windows"]})


def test_an_unknown_zone_is_refused_and_one_without_a_windows_name_says_null():
    assert run("zone", "Mars", "--json") == (
        2,
        {"refused": "“Mars” is not a time zone we know. Use an IANA name such as Asia/Kathmandu."},
    )
    assert run("zone", "Antarctica/Troll", "--json") == (0, {"iana": "Antarctica/Troll", "windows": None})


@pytest.mark.parametrize("change", named(KNOWN["tzdata_updates"]))
def test_the_zone_data_in_use_knows_the_latest_law(change):
    at = stamp(change["local"]).at(change["zone"])
    assert f"{at:%Y-%m-%dT%H:%M:%SZ}" == change["new_utc"]
    assert change["new_tzdata"] <= zones.TZDATA_VERSION


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ([], "The case is missing or not an object. Give a JSON object."),
        ({"zone": "Europe/London"}, "The field “rule” is missing or not an object. Give a JSON object."),
        ({"rule": {}}, "The zone is missing. Use an IANA name such as Asia/Kathmandu."),
        (event("BST"), "“BST” is not a time zone we know. Use an IANA name such as Asia/Kathmandu."),
        (
            event(dtstart="2026-02-30T18:00"),
            "The start “2026-02-30T18:00” cannot be read. Write it like 2026-10-13T18:00.",
        ),
        (event(dtstart=7), "The start “7” cannot be read. Write it like 2026-10-13T18:00."),
        (event(dtstart="0900-01-01T18:00"), "The year 900 is out of reach. Use a year from 1800 to 2500."),
        (event(duration="1 hour"), "The length “1 hour” cannot be read. Write it like PT1H or P1D."),
        (event(duration="P1M"), "The length “P1M” cannot be read. Write it like PT1H or P1D."),
        (event(duration="-PT1H"), "The length “-PT1H” is negative. A session ends after it starts."),
        (event(duration="P9999999D"), "The length “P9999999D” is more than ten years. Use a shorter one."),
        (event(dtend="2026-10-13T19:00"), "There is both a length and an end. Keep one of them."),
        (
            event(rrule="FREQ=DAILY;COUNT=3;UNTIL=20261103T180000Z"),
            "The rule has both COUNT and UNTIL. Keep one of them.",
        ),
        (event(rrule="FREQ=DAILY;COUNT=0"), "COUNT must be a whole number from 1, not “0”."),
        (event(rrule="FREQ=DAILY;COUNT=2;COUNT=3"), "The rule says COUNT twice. Keep one of them."),
        (event(rrule="FREQ=DAILY"), "The rule has no end. Add COUNT or UNTIL."),
        (
            event(rrule="FREQ=MONTHLY;BYMONTHDAY=32;COUNT=2"),
            "BYMONTHDAY holds “32”, which is not allowed there. Correct it.",
        ),
        (
            event(rrule="FREQ=WEEKLY;BYDAY=2TU;COUNT=2"),
            "BYDAY with a number is not allowed in a WEEKLY rule. Correct the rule.",
        ),
        (
            event(rrule="FREQ=DAILY;UNTIL=soon"),
            "UNTIL “SOON” cannot be read. Write it like 20261103T180000Z.",
        ),
        (event(rdate="2026-10-30T18:00"), "The field “rdate” is not a list. Write it in brackets."),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(case, sentence):
    assert expand(case) == Refused(sentence)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;COUNT=999999999",
        "FREQ=SECONDLY;BYSETPOS=2;BYSECOND=0;COUNT=3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=WEEKLY;BYSETPOS=2;BYDAY=MO;COUNT=3",
        "FREQ=YEARLY;INTERVAL=999999999;COUNT=2",
        "FREQ=DAILY;UNTIL=24991231T000000Z",
    ],
)
@pytest.mark.timeout(20)
def test_a_rule_that_would_run_for_ever_is_refused_soon(rule):
    assert isinstance(expand(event(rrule=rule)), Refused)


@pytest.mark.parametrize(
    ("rule", "starts"),
    [
        (
            {"rrule": "FREQ=WEEKLY;UNTIL=20261027"},
            ["2026-10-13T17:00:00Z", "2026-10-20T17:00:00Z", "2026-10-27T18:00:00Z"],
        ),
        ({"rrule": "FREQ=WEEKLY;UNTIL=20261020T180000"}, ["2026-10-13T17:00:00Z", "2026-10-20T17:00:00Z"]),
        ({"rrule": "FREQ=WEEKLY;UNTIL=20200101T000000Z"}, ["2026-10-13T17:00:00Z"]),
        ({"rrule": "FREQ=WEEKLY;COUNT=2", "exdate": ["2026-10-20"]}, ["2026-10-13T17:00:00Z"]),
        ({"rdate": ["2026-10-30"]}, ["2026-10-13T17:00:00Z", "2026-10-30T18:00:00Z"]),
    ],
)
def test_what_breaks_the_standard_but_has_one_reading_is_taken_and_told(rule, starts):
    answer = expand(event(**rule))
    assert isinstance(answer, Normalised)
    assert list(answer.items) == starts
    assert answer.because.endswith(".")


def test_an_override_that_meets_no_date_is_a_session_unless_its_date_is_excluded():
    moved = [{"recurrence_id": "2026-10-28T18:00", "dtstart": "2026-10-29T09:00"}]
    series = event(rrule="FREQ=WEEKLY;COUNT=1", overrides=moved)
    assert expand(series) == Listed(("2026-10-13T17:00:00Z", "2026-10-29T09:00:00Z"))
    series["rule"]["exdate"] = ["2026-10-28T18:00"]
    assert expand(series) == Listed(("2026-10-13T17:00:00Z",))


def test_an_end_given_as_wall_time_stays_on_the_wall_all_through_the_series():
    night = event(
        dtstart="2026-10-23T23:00", duration=None, dtend="2026-10-24T05:00", rrule="FREQ=DAILY;COUNT=2"
    )
    assert expand(night, ends=True) == Listed(
        (
            {"start": "2026-10-23T22:00:00Z", "end": "2026-10-24T04:00:00Z"},
            {"start": "2026-10-24T22:00:00Z", "end": "2026-10-25T05:00:00Z"},
        )
    )


def test_all_day_ends_are_dates_and_exclusive():
    days = {"zone": "Asia/Tokyo", "rule": {"dtstart": "2026-06-01", "value": "DATE", "dtend": "2026-06-04"}}
    assert expand(days, ends=True) == Listed(({"start": "2026-06-01", "end": "2026-06-04"},))
