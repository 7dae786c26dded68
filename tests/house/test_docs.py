"""The documents tell the truth: the map, the journey, the glossary's words, the targets of the README."""

import ast
import importlib
import re

import pytest

from tests.house.tree import PACKAGE, ROOT, pyproject
from webinar.app import create_app
from webinar.config import Settings

DOCS = ROOT / "docs"
JOURNEY = (DOCS / "journey.md").read_text()
NAMES = re.findall(r"`((?:[a-z_]+\.)+[A-Za-z_]+)`", JOURNEY)
DOORS = sorted({name for name in NAMES if name.count(".") == 1})
WORK = sorted({name for name in NAMES if name.count(".") > 1})
UNTOLD = {"static", "templates", "translations", "migrations"}


def purpose(name: str) -> str:
    """The first line of a room's or a module's docstring."""
    folder = PACKAGE / name / "__init__.py"
    text = (folder if folder.exists() else PACKAGE / f"{name}.py").read_text()
    return (ast.get_docstring(ast.parse(text)) or "").splitlines()[0]


def told() -> dict[str, str]:
    """What the map says of each room, in its order; the tables about files come after."""
    rooms = (DOCS / "map.md").read_text().partition("## Inside a room")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", rooms, re.MULTILINE))


def test_the_map_tells_each_rooms_own_sentence():
    assert told() == {name: purpose(name) for name in told()}


def test_the_map_lists_everything_in_the_package():
    found = {path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert set(told()) == {name for name in found - UNTOLD if not name.startswith("__")}


def test_the_map_lists_rooms_in_the_order_of_the_story():
    layers = pyproject()["tool"]["importlinter"]["contracts"][0]["layers"]
    floors = [[name.strip(" ()") for name in layer.split("|")] for layer in layers]
    height = {name: level for level, names in enumerate(reversed(floors)) for name in names}
    heights = [height[name] for name in told()]
    assert heights == sorted(heights)


@pytest.fixture(scope="module")
def endpoints(tmp_path_factory) -> set[str]:
    """Every endpoint of the application."""
    settings = Settings(_env_file=None, mode="test", data=tmp_path_factory.mktemp("data"))
    return {rule.endpoint for rule in create_app(settings).url_map.iter_rules()}


@pytest.mark.parametrize("door", DOORS)
def test_each_door_of_the_journey_exists(door, endpoints):
    assert door in endpoints


@pytest.mark.parametrize("name", WORK)
def test_each_function_of_the_journey_exists(name):
    module, _, attribute = name.rpartition(".")
    assert callable(getattr(importlib.import_module(f"webinar.{module}"), attribute))


def test_the_journey_has_the_steps_of_the_story():
    steps = re.findall(r"^## (\d+)\. ", JOURNEY, re.MULTILINE)
    assert steps == [str(number) for number in range(1, 13)]


def test_the_glossary_explains_each_word_once_in_bold():
    words = re.findall(r"^\| \*\*([a-z ]+)\*\* \|", (DOCS / "glossary.md").read_text(), re.MULTILINE)
    assert len(words) == len(set(words))
    assert {"series", "session", "seat", "visit", "award", "letter"} - set(words) == set()


def test_decisions_are_numbered_without_a_gap():
    names = sorted(path.name for path in (DOCS / "decisions").glob("0*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_make_targets_that_are_named_exist_and_explain_themselves(page):
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", (ROOT / page).read_text()))
    explained = set(re.findall(r"^([a-z-]+):.*?## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named - explained == set()


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))],
                         ids=lambda page: page.name)  # fmt: skip
def test_relative_links_of_a_document_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []
