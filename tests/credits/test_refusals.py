"""What cannot be computed is refused with a sentence, through the function and the command."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from tests.factories.credits import row, scheme, window
from webinar.credits.cli import credits
from webinar.credits.rules.refused import CreditRefused
from webinar.credits.schemas import answer, case_from_text
from webinar.credits.scheme.reading import read_requirement

HOUR = [window("s", "18:00", "19:00")]
EXTRA = (
    "“creditable_extra” needs a basis of time and rounding at “activity”: "
    "extra minutes belong to no session and no day."
)


def refusal(case):
    with pytest.raises(CreditRefused) as refused:
        answer(case)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ({"caps": [{"scope": "day", "max": 8}]}, "A cap per day or half day needs rounding at “day”."),
        (
            {"caps": [{"scope": "half_day", "max": 8}], "rounding": {"mode": "floor", "increment": 1}},
            "A cap per day or half day needs rounding at “day”.",
        ),
        (
            {"creditable_extra": ["evaluation"], "rounding": {"mode": "none", "at": "session"}},
            EXTRA,
        ),
        (
            {"creditable_extra": ["evaluation"], "basis": {"kind": "item", "per_item": 1}},
            EXTRA,
        ),
        (
            {"basis": {"kind": "luck"}},
            "“kind” of “basis” of the scheme must be one of time, tier_day, item, stages.",
        ),
        ({"basis": None}, "“basis” of the scheme must be an object."),
        (
            {"basis": {"kind": "time", "minutes_per_unit": 0}},
            "“minutes_per_unit” of “basis” of the scheme must be above zero.",
        ),
        (
            {"basis": {"kind": "tier_day", "tiers": []}},
            "“tiers” of “basis” of the scheme must hold at least one tier.",
        ),
        (
            {"basis": {"kind": "stages", "table": {}}},
            "“table” of “basis” of the scheme must hold at least one entry.",
        ),
        ({"rounding": {"mode": "floor"}}, "“increment” of “rounding” of the scheme is missing."),
        (
            {"rounding": {"mode": "floor", "increment": "0"}},
            "“increment” of “rounding” of the scheme must be above zero.",
        ),
        ({"roundng": {}}, "The scheme has an unknown field “roundng”."),
        ({"minimum": "-1"}, "“minimum” of the scheme must not be negative."),
        ({"attendance": {"scope": "activity"}}, "“min_pct” of “attendance” of the scheme is missing."),
        (
            {"attendance": {"scope": "activity", "min_pct": 101}},
            "“min_pct” of “attendance” of the scheme must be at most 100.",
        ),
        ({"half_day_at": "noon"}, "“half_day_at” of the scheme must be a clock time such as 13:00."),
        (
            {"gates": [{"flag": "q", "min": 2, "max": 1}]},
            "“max” of “gates” of the scheme, row 1 lies below “min”.",
        ),
        (
            {"bonuses": [{"min": 2, "amount": 1}]},
            "“min” of “bonuses” of the scheme, row 1 needs a “flag” to measure.",
        ),
        (
            {"valid_from": "2024-05-09", "valid_to": "2024-05-08"},
            "“valid_to” lies before “valid_from”.",
        ),
        ({"valid_from": "May"}, "“valid_from” of the scheme must be a date such as 2024-05-09."),
        ({"decimals": 13}, "“decimals” of the scheme must be at most 12."),
        ({"decimals": True}, "“decimals” of the scheme must be a whole number from 0 to 1000."),
        ({"version": None}, "“version” of the scheme is missing."),
        ({"gates": {}}, "“gates” of the scheme must be a list."),
        ({"formats": [1]}, "“formats” of the scheme must be a list of texts."),
        ({"roles": {"faculty": {"per_hour": 2, "once_per_presentation": 1}}},
         "“once_per_presentation” of “faculty” of “roles” of the scheme must be true or false."),
        (
            {
                "basis": {"kind": "tier_day", "tiers": [{"min_minutes": 1, "credits": 1}]},
                "rounding": {"mode": "none", "at": "day"},
                "caps": [{"scope": "half_day", "max": 1}],
            },
            "Tiers are reached by the whole day: a cap per half day cannot apply.",
        ),
    ],
)  # fmt: skip
def test_an_invalid_scheme_is_refused(broken, sentence):
    assert refusal({"scheme": scheme(**broken), "input": {"sessions": HOUR}}) == sentence


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sessions": None}, "“sessions” of the input is missing."),
        ({"sessions": {}}, "“sessions” of the input must be a list."),
        ({"sessions": ["s"]}, "“sessions” of the input, row 1 must be an object."),
        (
            {"intervals": [{"from": "2026-11-21T18:00:00Z", "to": "2026-11-21"}]},
            "“to” of “intervals” of the input, row 1 has no zone: end it with Z or an offset such as +02:00.",
        ),
        (
            {"intervals": [{"from": "yesterday", "to": "2026-11-21T18:00:00Z"}]},
            "“from” of “intervals” of the input, row 1 must be a time such as 2026-11-21T18:00:00Z.",
        ),
        (
            {"intervals": [{"from": 5, "to": "2026-11-21T18:00:00Z"}]},
            "“from” of “intervals” of the input, row 1 must be a time such as 2026-11-21T18:00:00Z.",
        ),
        (
            {"intervals": [row("18:00", "19:00", day="9999-12-31")]},
            "“from” of “intervals” of the input, row 1 lies outside the years 2 to 9998.",
        ),
        (
            {"intervals": [{"from": "0001-01-01T00:00:00+09:00", "to": "2026-11-21T18:00:00Z"}]},
            "“from” of “intervals” of the input, row 1 must be a time such as 2026-11-21T18:00:00Z.",
        ),
        ({"claimed": "-0.25"}, "“claimed” of the input must not be negative."),
        ({"claimed": "a lot"}, "“claimed” of the input must be a number such as “1.25” or “5/6”."),
        ({"claimed": True}, "“claimed” of the input must be a number such as “1.25” or “5/6”."),
        ({"claimed": Decimal("NaN")}, "“claimed” of the input must be a number such as “1.25” or “5/6”."),
        ({"timezone": ""}, "“timezone” of the input must be text that is not empty."),
        ({"claimed": "1/0"}, "“claimed” of the input must be a number such as “1.25” or “5/6”."),
        ({"claimed": "٣"}, "“claimed” of the input must be a number such as “1.25” or “5/6”."),
        ({"claimed": 10**40}, "“claimed” of the input must be a number such as “1.25” or “5/6”."),
        ({"claimed": 0.5}, "0.5 is a binary float; amounts are text or decimal numbers."),
        (
            {"extra_minutes": [{"kind": "evaluation"}]},
            "“minutes” of “extra_minutes” of the input, row 1 is missing.",
        ),
    ],
)
def test_a_wrong_input_is_refused(wrong, sentence):
    assert refusal({"scheme": "ama_live", "input": {"sessions": HOUR} | wrong}) == sentence


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_refused(zone):
    told = refusal({"scheme": "ama_live", "input": {"sessions": HOUR, "timezone": zone}})
    assert told == f"“{zone}” is not a time zone we know. Use an IANA name such as Asia/Kathmandu."


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ([], "A case must be an object with “scheme” and “input”."),
        ({"input": {}}, "The case names no scheme."),
        ({"scheme": 7, "input": {}}, "The scheme must be an object."),
        ({"scheme": "x", "input": {}}, "There is no scheme or requirement “x”."),
        ({"scheme": "ama_live@9", "input": {}}, "There is no scheme or requirement “ama_live@9”."),
        ({"scheme": "ama_live"}, "The input must be an object."),
        ({"scheme": "picme", "input": {}}, "“stages” of the input is missing."),
    ],
)
def test_a_case_without_scheme_or_input_is_refused(case, sentence):
    assert refusal(case) == sentence


def test_a_requirement_with_an_unknown_field_is_refused():
    with pytest.raises(CreditRefused):
        read_requirement({"id": "r", "totals": 5})


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": NaN}', '{"a": Infinity}', "[" * 100_000, '{"a": 1e9999999999999999999}']
)
def test_text_that_is_no_json_is_refused(text):
    with pytest.raises(CreditRefused) as refused:
        case_from_text(text)
    assert refused.value.sentence == "The case is not valid JSON."


@pytest.mark.parametrize("number", ["1e999999", "1e-999999"])
def test_a_number_too_long_to_be_an_amount_is_refused(number):
    case = case_from_text(f'{{"scheme": "ama_journal", "input": {{"items": {number}}}}}')
    assert refusal(case) == "“items” of the input must be a number such as “1.25” or “5/6”."


def command(path):
    result = CliRunner().invoke(credits, ["compute", str(path)])
    return result.exit_code, json.loads(result.stdout)


def test_the_command_says_which_file_it_cannot_read(tmp_path):
    missing, latin = tmp_path / "none.json", tmp_path / "latin.json"
    latin.write_bytes(b"\xe9")
    assert command(missing) == (2, {"error": f"The file {missing} cannot be read."})
    assert command(latin) == (2, {"error": f"The file {latin} is not UTF-8 text."})
