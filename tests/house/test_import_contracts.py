"""Each of the six import contracts is seen to fail, alone, on a violation planted in a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, pyproject

ROOMS = "A room knows only the rooms below it"
FLOORS = "Inside a room: door, service, queries, models, rules"
PURE = "Rules, facts, protocols and time know no framework"
NO_REQUEST = "Models, queries and services know no request"
DOORS = "Nobody enters by another room's door"
ACYCLIC = "No siblings in a ring"

LINES = {
    "a new shelf beside the rooms": (ROOMS, {"shelf/__init__.py": "'''A shelf.'''"}),
    "a room that knows its neighbour": (ROOMS, {"mail/planted.py": "import webinar.files.storage"}),
    "a lower room that knows a higher one": (ROOMS, {"audit/queries.py": "import webinar.mail.message"}),
    "a file word that no room has": (FLOORS, {"audit/helpers.py": "'''Help.'''"}),
    "a plug-in that reads the database": (FLOORS, {"audit/formats.py": "import webinar.audit.queries"}),
    "a form beside a guard that knows it": (FLOORS, {"accounts/guards.py": "import webinar.accounts.pages",
                                                     "accounts/pages.py": "'''Pages.'''"}),
    "time that knows the web": (PURE, {"timekeeping/planted.py": "import flask"}),
    "a rule that knows the database by a detour": (PURE, {"audit/rules.py": "import webinar.db.base"}),
    "a rule whose import hides in a function": (PURE, {"audit/rules.py": "def late():\n    import flask"}),
    "a fact whose import hides under TYPE_CHECKING": (
        PURE,
        {"audit/facts.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import sqlalchemy"},
    ),
    "a query that knows the request": (NO_REQUEST, {"audit/queries.py": "from flask import request"}),
    "a service that knows a form": (NO_REQUEST, {"audit/service.py": "import wtforms"}),
    "a page built from another room's form": (DOORS, {"desk/schemas.py": "import webinar.accounts.forms"}),
    "a service call through another room's routes": (DOORS, {"desk/schemas.py": "import webinar.accounts.routes"}),
    "two files that need each other": (
        ACYCLIC,
        {"web/planted.py": "import webinar.web.seed", "web/seed.py": "import webinar.web.planted"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the package with its contracts, somewhere else."""
    copy = tmp_path_factory.mktemp("contracts")
    shutil.copytree(ROOT / "webinar", copy / "webinar", ignore=_only_python)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.fixture
def tree(copied: Path) -> Iterator[Path]:
    """The copy, as it was before when the test has ended."""
    before = {path: path.read_bytes() for path in copied.rglob("*.py")}
    yield copied
    for path in copied.rglob("*.py"):
        if path not in before:
            path.unlink()
        elif path.read_bytes() != before[path]:
            path.write_bytes(before[path])
    shutil.rmtree(copied / "webinar" / "shelf", ignore_errors=True)


def _only_python(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "__pycache__" or ("." in name and not name.endswith(".py"))]


def broken(tree: Path) -> list[str]:
    """The contracts that import-linter finds broken in a tree."""
    program = (
        "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "--cache-dir", str(tree / "cache")],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1",
             "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert "Contracts: " in ran.stdout, ran.stdout + ran.stderr
    return re.findall(r"^(.+) BROKEN$", ran.stdout, re.MULTILINE)


def plant(tree: Path, files: dict[str, str]) -> None:
    """Add lines to files of the copied package; files that do not exist are begun."""
    for name, line in files.items():
        path = tree / "webinar" / name
        path.parent.mkdir(exist_ok=True)
        text = path.read_text() if path.exists() else '"""Planted."""\n'
        path.write_text(f"{text}\n{line}\n")


def test_the_tree_as_it_stands_keeps_all_contracts(tree):
    assert broken(tree) == []


@pytest.mark.parametrize("violation", LINES)
def test_a_planted_violation_breaks_its_contract_alone(tree, violation):
    contract, files = LINES[violation]
    plant(tree, files)
    assert broken(tree) == [contract]


def test_every_contract_is_seen_to_fail():
    named = [contract["name"] for contract in pyproject()["tool"]["importlinter"]["contracts"]]
    assert named == [ROOMS, FLOORS, PURE, NO_REQUEST, DOORS, ACYCLIC]
    assert {contract for contract, _ in LINES.values()} == set(named)
