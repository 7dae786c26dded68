"""Every published vector, through the functions and through the command."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from webinar.credits.cli import credits
from webinar.credits.rules.refused import CreditRefused
from webinar.credits.rules.steps import ORDER
from webinar.credits.schemas import answer
from webinar.credits.schemes import named

DATA = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"), parse_float=Decimal)
VECTORS = [pytest.param(case, id=case["id"]) for case in DATA["cases"]]
VALUES = ("learner", "computed", "faculty", "counted")


def check(case, got):
    expected = case["expected"]
    for key, value in expected.items():
        if key in VALUES:
            assert Fraction(got[key]) == Fraction(value)
        else:
            assert got[key] == value
    assert ("faculty" in got) == ("faculty" in expected)


def run(tmp_path, case):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case, default=str), encoding="utf-8")
    return CliRunner().invoke(credits, ["compute", str(path)])


@pytest.mark.parametrize("case", VECTORS)
def test_a_vector_holds_through_the_function(case):
    if case["expected"].get("error"):
        with pytest.raises(CreditRefused) as refused:
            answer(case)
        assert refused.value.sentence.endswith(".")
    else:
        check(case, answer(case))


@pytest.mark.parametrize("case", VECTORS)
def test_a_vector_holds_through_the_command(tmp_path, case):
    result = run(tmp_path, case)
    printed = json.loads(result.stdout)
    assert result.stderr == ""
    if case["expected"].get("error"):
        assert (result.exit_code, list(printed)) == (2, ["error"])
    else:
        assert result.exit_code == 0
        check(case, printed)


@pytest.mark.parametrize("case", [vector for vector in VECTORS if "learner" in vector.values[0]["expected"]])
def test_the_steps_of_a_vector_come_in_order_each_once_and_end_with_the_result(case):
    got = answer(case)
    names = [step["step"] for step in got["steps"]]
    assert names == sorted(set(names), key=ORDER.index)
    assert (names[-1], got["steps"][-1]["out"]) == ("result", got["learner"])
    assert {step["unit"] for step in got["steps"]} <= {"s", "count", "credit", "pass"}
    for step in got["steps"]:
        Fraction(step["out"])


@pytest.mark.parametrize("kind", ["schemes", "requirements"])
def test_each_published_object_is_shipped_as_it_was_published(kind):
    folder = Path(__file__).parents[2] / "webinar" / "credits" / "schemes"
    for name, published in DATA[kind].items():
        file = folder / f"{name}@{published['version']}.json"
        assert json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal) == published


@pytest.mark.parametrize("name", [*DATA["schemes"], *DATA["requirements"]])
def test_an_object_written_into_the_case_means_the_same_as_its_id(name):
    published = (DATA["schemes"] | DATA["requirements"])[name]
    cases = [case for case in DATA["cases"] if case["scheme"] == name and "error" not in case["expected"]]
    assert [answer(case | {"scheme": published}) for case in cases] == [answer(case) for case in cases]
    assert named(f"{name}@{published['version']}") == named(name)
