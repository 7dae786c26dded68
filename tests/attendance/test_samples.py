"""Every sample report gives the result that its manifest expects, by the manifest's own rules."""

import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from webinar.attendance.cli import group

GOLDEN = Path(__file__).parent.parent / "golden" / "attendance"
MANIFEST = json.loads((GOLDEN / "manifest.json").read_text(encoding="utf-8"))
SAMPLES = {sample["sample"]: sample for sample in MANIFEST["samples"]}


def parse(sample: dict[str, Any], args: list[str]) -> Result:
    files = [str(GOLDEN / name) for name in sample.get("files") or [sample["file"]]]
    return CliRunner().invoke(group, ["parse", *files, "--json", *args], catch_exceptions=False)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_with_its_answers_gives_the_expected_report(name: str) -> None:
    sample = SAMPLES[name]
    result = parse(sample, sample["args"])
    assert result.exit_code == 0, result.output
    compare(json.loads(result.output), sample)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_without_answers_asks_all_its_questions_at_once_or_needs_none(name: str) -> None:
    sample = SAMPLES[name]
    result = parse(sample, [])
    said = json.loads(result.output)
    if sample["must_ask"]:
        assert result.exit_code == 2
        assert said["error"]["code"] == "needs_answer"
        assert [question["code"] for question in said["error"]["questions"]] == sample["must_ask"]
    else:
        assert result.exit_code == 0
        compare(said, sample)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_kept_byte_for_byte(name: str) -> None:
    for file, digest in SAMPLES[name]["sha256"].items():
        assert hashlib.sha256((GOLDEN / file).read_bytes()).hexdigest() == digest


def compare(got: dict[str, Any], sample: dict[str, Any]) -> None:
    expected = sample["expected"]
    assert (got["provider"], got["layout"]) == (expected["provider"], expected["layout"])
    assert got["meeting"]["title"] == expected["meeting"]["title"]
    for end in ("started_at", "ended_at"):
        assert near(got["meeting"][end], expected["meeting"][end], 60)
    left = list(got["people"])
    for person in expected["people"]:
        key = next(name for name in ("registrant_id", "email", "name") if person[name] or name == "name")
        met = [each for each in left if each[key] == person[key]]
        assert len(met) == 1, (person, met)
        left.remove(met[0])
        compare_person(met[0], person, sample["accepted_names"])
    assert left == []
    missing = {each["code"] for each in expected["warnings"]} - {each["code"] for each in got["warnings"]}
    assert missing == set()


def compare_person(got: dict[str, Any], person: dict[str, Any], accepted: dict[str, list[str]]) -> None:
    for key in ("email", "registrant_id", "no_show"):
        assert got[key] == person[key]
    assert got["name"] in [person["name"], *accepted.get(person["name"], [])]
    assert got["role"] == (person["role"] or got["role"])
    assert (got["seconds"] is None) == (person["seconds"] is None)
    assert abs((got["seconds"] or 0) - (person["seconds"] or 0)) <= 1
    assert len(got["intervals"]) == len(person["intervals"])
    for mine, theirs in zip(got["intervals"], person["intervals"], strict=True):
        assert near(mine["from"], theirs["from"], 1)
        assert near(mine["to"], theirs["to"], 1)
    adds_up(got)


def adds_up(person: dict[str, Any]) -> None:
    if person["intervals"] and person["seconds"] is not None:
        length = sum((at(each["to"]) - at(each["from"]) for each in person["intervals"]), timedelta())
        assert length == timedelta(seconds=person["seconds"])


def near(got: str | None, expected: str | None, seconds: int) -> bool:
    if got is None or expected is None:
        return got is expected
    return got.endswith("Z") and abs(at(got) - at(expected)) <= timedelta(seconds=seconds)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
